package dev.nftrefresh.operator.letters;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorCommand;
import dev.nftrefresh.operator.OperatorEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
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
        try (var interruption = Interruption.awaited()) {
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

    private void printText(LetterListing listing, SqsClient sqs, Interruption interruption, DeployedStack stack) {
        Terminal terminal = Terminal.ofThisProcess(err(), environment().clock());
        listing.read(
                sqs,
                environment().clock(),
                _ -> {},
                interruption::happened,
                () -> terminal.progress(String.format(Locale.ROOT, "%,d dead letters read", listing.read())));
        terminal.endProgress();
        int width = Terminal.width(environment().variables());
        out().print(new LetterListText(stack.name(), options.filter(), width).of(listing));
        out().flush();
    }

    private void printJson(LetterListing listing, LetterQueues queues, SqsClient sqs, Interruption interruption)
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
