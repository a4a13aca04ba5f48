package dev.nftrefresh.operator.status;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorCommand;
import dev.nftrefresh.operator.OperatorEnvironment;
import dev.nftrefresh.operator.OperatorException;
import dev.nftrefresh.operator.TerminalOutput;
import dev.nftrefresh.operator.TerminalSafeText;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code ./nft-refresh status}. */
@Command(
        name = "status",
        sortOptions = false,
        description =
                "Says whether a deployed stack is well, and if not, what to do. Exit status 1 if it needs a person.")
public final class StatusCommand extends OperatorCommand {
    /** Each look costs some cents for a thousand, and SQS's own figures lag by seconds. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

    private final DeadLetterReasons reasons;

    @Option(names = "--watch", description = "Show it anew every 15 seconds, until you interrupt it.")
    private boolean watch;

    public StatusCommand(OperatorEnvironment environment, DeadLetterReasons reasons) {
        super(environment);
        this.reasons = reasons;
    }

    @Override
    protected int run(DeployedStack stack, OperatorClients clients) throws InterruptedException {
        StackStatus status = read(stack, clients);
        show(status, null);
        while (watch) {
            // Nothing counts it down: only an interrupt ends the wait early.
            boolean _ = new CountDownLatch(1).await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            OperatorException failure = null;
            try {
                status = read(DeployedStack.find(clients.cloudFormation(), stack.name()), clients);
            } catch (OperatorException e) {
                failure = e;
            } catch (SdkException e) {
                failure = explained(e);
            }
            show(status, failure);
        }
        return status.isWell() ? WELL : BAD_NEWS;
    }

    private StackStatus read(DeployedStack stack, OperatorClients clients) throws InterruptedException {
        return new StatusReader(stack, clients, environment().clock(), reasons).read();
    }

    /**
     * Shows it.
     *
     * @param failure why there is no newer one; null if this is new. Who watches wants to see the next one that there is
     */
    private void show(StackStatus status, @Nullable OperatorException failure) {
        if (json()) {
            if (failure == null) {
                out().println(TerminalSafeText.json(StatusJson.of(status).toString()));
            } else {
                err().println(TerminalSafeText.line(failure.getMessage()));
                err().flush();
            }
        } else {
            // It may have become wider or narrower since the last time.
            TerminalOutput terminal = terminal();
            out().print(
                            watch
                                    ? WatchedStatus.of(status, failure, BETWEEN_LOOKS, terminal)
                                    : StatusText.of(status, terminal));
        }
        out().flush();
    }
}
