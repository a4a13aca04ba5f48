package dev.nftrefresh.operator.letters;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.OperatorEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./nft-refresh dead-letters}. */
@Command(
        name = "dead-letters",
        description = "Shows what a deployed stack refused, and sends it back once the cause is fixed.",
        synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand {
    private DeadLettersCommand() {}

    /** The command with its two subcommands. */
    public static CommandLine in(OperatorEnvironment environment) {
        return new CommandLine(new DeadLettersCommand())
                .addSubcommand(new ListLettersCommand(environment))
                .addSubcommand(new RedriveCommand(environment));
    }

    /** Those of a stack. */
    static LetterQueues queues(DeployedStack stack) {
        return new LetterQueues(
                stack.output("DeadLetterQueueUrl"),
                stack.output("BulkDeadLetterQueueUrl"),
                stack.output("RefreshQueueUrl"),
                stack.output("BulkRefreshQueueUrl"),
                stack.output("BulkQueueUrl"));
    }
}
