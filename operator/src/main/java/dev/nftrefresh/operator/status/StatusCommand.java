package dev.nftrefresh.operator.status;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorCommand;
import dev.nftrefresh.operator.OperatorEnvironment;
import dev.nftrefresh.operator.TerminalSafeText;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./nft-refresh status}. */
@Command(
        name = "status",
        sortOptions = false,
        description =
                "Says whether a deployed stack is well, and if not, what to do. Exit status 1 if it needs a person.")
public final class StatusCommand extends OperatorCommand {
    /** Each look costs some cents for a thousand, and SQS's own figures lag by seconds. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

    private static final String CLEAR = "\u001b[H\u001b[J";

    private final DeadLetterReasons reasons;

    @Option(names = "--watch", description = "Show it anew every 15 seconds, until you interrupt it.")
    private boolean watch;

    public StatusCommand(OperatorEnvironment environment, DeadLetterReasons reasons) {
        super(environment);
        this.reasons = reasons;
    }

    @Override
    protected int run(DeployedStack stack, OperatorClients clients) throws InterruptedException {
        StackStatus status = show(stack, clients);
        while (watch) {
            // Nothing counts it down: only an interrupt ends the wait early.
            boolean _ = new CountDownLatch(1).await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            status = show(DeployedStack.find(clients.cloudFormation(), stack.name()), clients);
        }
        return status.isWell() ? WELL : BAD_NEWS;
    }

    private StackStatus show(DeployedStack stack, OperatorClients clients) throws InterruptedException {
        StackStatus status = new StatusReader(stack, clients, environment().clock(), reasons).read();
        if (json()) {
            out().println(TerminalSafeText.json(StatusJson.of(status).toString()));
        } else {
            String text = StatusText.of(status, terminal());
            out().print(watch && terminal().interactive() ? CLEAR + text : text);
            if (watch && !terminal().interactive()) {
                out().println();
            }
        }
        out().flush();
        return status;
    }
}
