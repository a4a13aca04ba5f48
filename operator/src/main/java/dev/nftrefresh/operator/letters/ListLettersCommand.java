package dev.nftrefresh.operator.letters;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.InterruptSignal;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorCommand;
import dev.nftrefresh.operator.OperatorEnvironment;
import dev.nftrefresh.operator.ProgressLine;
import dev.nftrefresh.operator.ReadableTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code ./nft-refresh dead-letters list}. */
@Command(
        name = "list",
        sortOptions = false,
        description =
                "Reads the dead letters without taking them away, and groups them by reason, collection and first "
                        + "seen; with --json also prints each letter whole. While it reads, others do not see what it has read.")
final class ListLettersCommand extends OperatorCommand {
    private static final int INTERRUPTED = 130;

    @Mixin
    private final LetterOptions options = new LetterOptions();

    ListLettersCommand(OperatorEnvironment environment) {
        super(environment);
    }

    @Override
    protected int run(DeployedStack stack, OperatorClients clients) throws IOException {
        LetterQueues queues = DeadLettersCommand.queues(stack);
        SqsClient sqs = clients.sqs();
        try (var interruption = InterruptSignal.awaited()) {
            var listing = new LetterListing(queues, options.filter());
            if (json()) {
                printJson(listing, queues, sqs, interruption);
            } else {
                printText(listing, sqs, interruption, stack);
            }
            if (listing.failure() != null) {
                throw listing.failure();
            }
            return listing.interrupted() ? INTERRUPTED : WELL;
        }
    }

    private void printText(LetterListing listing, SqsClient sqs, InterruptSignal interruption, DeployedStack stack) {
        InstantSource clock = environment().clock();
        var progress = new ProgressLine(err(), terminal(), clock);
        listing.read(
                sqs,
                clock,
                _ -> {},
                interruption::happened,
                () -> progress.show(ReadableTime.count(listing.read(), "letter") + " read"));
        progress.clear();
        out().print(new LetterListText(stack.name(), options.filter(), clock.instant(), terminal()).of(listing));
        out().flush();
    }

    private void printJson(LetterListing listing, LetterQueues queues, SqsClient sqs, InterruptSignal interruption)
            throws IOException {
        PrintWriter out = out();
        try (var json = new LettersJson(out, queues)) {
            json.beginList();
            listing.read(sqs, environment().clock(), json::letter, interruption::happened, () -> {});
            json.endOf(listing);
        }
        out.println();
        out.flush();
    }
}
