package dev.nftrefresh.operator.letters;

import static dev.nftrefresh.operator.ReadableTime.count;
import static dev.nftrefresh.operator.ReadableTime.number;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.InterruptSignal;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorCommand;
import dev.nftrefresh.operator.OperatorEnvironment;
import dev.nftrefresh.operator.OperatorException;
import dev.nftrefresh.operator.ProgressLine;
import dev.nftrefresh.queue.MessageAttributeNames;
import java.io.Console;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    private LetterDestination withoutLane = LetterDestination.REFRESH;

    @Option(
            names = "--lane",
            paramLabel = "live|bulk",
            description = "Where letters go that name no lane, as those of older releases. Default: live.")
    void setLane(String name) {
        withoutLane = switch (name.toLowerCase(Locale.ROOT)) {
            case MessageAttributeNames.LIVE -> LetterDestination.REFRESH;
            case MessageAttributeNames.BULK -> LetterDestination.BULK_REFRESH;
            default ->
                throw new ParameterException(
                        command().commandLine(), "--lane is " + name + ", but the lanes are live and bulk.");
        };
    }

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
        if (!dryRun && !yes && !json() && terminal().interactive()) {
            RedriveResult plan = redrive(stack, queues, clients.sqs(), true);
            if (status(plan) != WELL || plan.letters() == 0) {
                return status(plan);
            }
            if (!isConfirmed(System.console(), plan.letters())) {
                out().println("Nothing was sent.");
                return WELL;
            }
        }
        return status(redrive(stack, queues, clients.sqs(), dryRun));
    }

    private static boolean isConfirmed(@Nullable Console console, long letters) {
        String answer = console == null ? null : console.readLine("Send %s back? [y/N] ", count(letters, "letter"));
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /** Does it and prints what it did, also when it is interrupted. */
    private RedriveResult redrive(DeployedStack stack, LetterQueues queues, SqsClient sqs, boolean dry)
            throws IOException {
        InstantSource clock = environment().clock();
        var progress = new ProgressLine(err(), terminal(), clock);
        try (var interruption = InterruptSignal.awaited()) {
            RedriveResult result = new DeadLetterRedrive(
                            sqs, queues, options.filter(), withoutLane, clock, dry, interruption::happened)
                    .run(soFar -> progress.show(count(soFar.read(), "letter") + " read"
                            + (dry ? "" : ", " + number(soFar.letters()) + " sent back")));
            progress.clear();
            print(result, stack, queues);
            return result;
        }
    }

    private void print(RedriveResult result, DeployedStack stack, LetterQueues queues) throws IOException {
        if (json()) {
            try (var json = new LettersJson(out(), queues)) {
                json.redrive(result);
            }
            out().println();
        } else {
            out().print(new RedriveText(stack.name(), options.filter(), terminal()).of(result));
        }
        out().flush();
    }

    private static int status(RedriveResult result) {
        if (result.failure() != null) {
            throw result.failure();
        }
        if (result.interrupted()) {
            return INTERRUPTED;
        }
        if (!result.unsent().isEmpty() || !result.undeleted().isEmpty()) {
            throw new OperatorException("SQS did not take every letter: repeat the command.");
        }
        return result.left().timeIsUp() ? BAD_NEWS : WELL;
    }
}
