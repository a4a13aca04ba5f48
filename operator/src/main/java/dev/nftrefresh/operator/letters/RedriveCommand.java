package dev.nftrefresh.operator.letters;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorCommand;
import dev.nftrefresh.operator.OperatorEnvironment;
import dev.nftrefresh.operator.OperatorException;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code ./nft-refresh dead-letters redrive}. */
@Command(
        name = "redrive",
        sortOptions = false,
        description =
                "Sends dead letters back to the queues that they came from, once the cause is fixed, and deletes each "
                        + "when it is sent. May be interrupted and repeated. Letters that come after its start stay; MALFORMED_JSON "
                        + "and INVALID_… go only with --reason. Asks first on a terminal.")
final class RedriveCommand extends OperatorCommand {
    private static final int INTERRUPTED = 130;

    @Mixin
    private final LetterOptions options = new LetterOptions();

    @Option(names = "--dry-run", description = "Only say what would go where.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    RedriveCommand(OperatorEnvironment environment) {
        super(environment);
    }

    @Override
    protected int run(DeployedStack stack, OperatorClients clients) throws IOException {
        LetterQueues queues = DeadLettersCommand.queues(stack);
        Terminal terminal = Terminal.ofThisProcess(err(), environment().clock());
        if (!dryRun && !yes && !json() && terminal.isThere()) {
            RedriveResult plan = redrive(clients.sqs(), queues, true, terminal);
            int status = print(plan, stack, queues);
            if (status != WELL || plan.letters() == 0) {
                return status;
            }
            if (!terminal.confirms("Send " + Count.of(plan.letters(), "letter") + " back?")) {
                out().println("Nothing was sent.");
                return WELL;
            }
        }
        return print(redrive(clients.sqs(), queues, dryRun, terminal), stack, queues);
    }

    private RedriveResult redrive(SqsClient sqs, LetterQueues queues, boolean dry, Terminal terminal) {
        try (var interruption = Interruption.awaited()) {
            var redrive =
                    new Redrive(sqs, queues, options.filter(), environment().clock(), dry, interruption::happened);
            RedriveResult result = redrive.run(soFar -> terminal.progress(String.format(
                    Locale.ROOT, "%,d dead letters read, %,d sent back", soFar.read(), dry ? 0 : soFar.letters())));
            terminal.endProgress();
            return result;
        }
    }

    private int print(RedriveResult result, DeployedStack stack, LetterQueues queues) throws IOException {
        if (json()) {
            try (var json = new LettersJson(out(), queues)) {
                json.redrive(result);
            }
            out().println();
        } else {
            int width = Terminal.width(environment().variables());
            out().print(new RedriveText(stack.name(), options.filter(), width).of(result));
        }
        out().flush();
        if (result.failure() != null) {
            throw result.failure();
        }
        if (result.interrupted()) {
            return INTERRUPTED;
        }
        if (!result.unsent().isEmpty() || !result.undeleted().isEmpty()) {
            throw new OperatorException("SQS did not take every letter: repeat the command.");
        }
        return WELL;
    }
}
