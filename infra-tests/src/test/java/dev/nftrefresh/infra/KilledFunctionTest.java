package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nftrefresh.local.api.InjectedFault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A function that Lambda ends in the middle of an invocation. */
@OnLocalStack
final class KilledFunctionTest {
    /** Long enough for the function to begin a request: it leaves itself time for the answer. */
    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(9);

    private final StackDeployment sandbox;
    private final Duration timeout;
    private final Duration visibility;

    KilledFunctionTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
        timeout = Duration.ofSeconds(sandbox.function.configuration().timeout());
        visibility = sandbox.refreshQueue.visibilityTimeout();
    }

    @AfterEach
    void restore() {
        sandbox.api.faults().clear();
        sandbox.api.faults().release();
        sandbox.function.setTimeout(timeout);
        sandbox.refreshQueue.setVisibilityTimeout(visibility);
    }

    /**
     * A request that hangs does not take the function that far, because it counts its time; so its process is stopped
     * while the request hangs. Minutes of timeout and visibility are shortened to seconds.
     */
    @Test
    void losesNothingWhenItIsKilledByItsTimeoutInTheMiddleOfARequest() throws InterruptedException {
        List<String> ids = UpdateMessages.ids(7_000, 20);
        long before = timeouts();
        sandbox.refreshQueue.setVisibilityTimeout(Duration.ofSeconds(15));
        sandbox.function.setTimeout(SHORT_TIMEOUT);
        // A poll that began before, and lasts the batching window of one second, still receives for the old visibility.
        await("end of the last poll")
                .during(Duration.ofSeconds(2))
                .until(() -> sandbox.refreshQueue.depth().equals(StackQueue.Depth.EMPTY));
        sandbox.api.faults().whenever(request -> ids.containsAll(request.tokenIds()), InjectedFault.hang());
        // In one message, so that there is one invocation: another one's container might still start when it is frozen.
        String[] tokens = ids.stream().map(UpdateMessages::token).toArray(String[]::new);
        sandbox.refreshQueue.send(
                List.of(UpdateMessages.message(UpdateMessages.TESTNET, UpdateMessages.COLLECTION, tokens)));
        await("request that hangs")
                .atMost(StackDeployment.PATIENCE)
                .until(() -> sandbox.api.recorded().stream()
                        .anyMatch(request -> request.status() == 0
                                && ids.containsAll(request.request().tokenIds())));

        sandbox.function.freeze();

        await("end by timeout").atMost(StackDeployment.PATIENCE).until(() -> timeouts() > before);
        assertThat(sandbox.accepted(ids)).isEmpty();
        sandbox.api.faults().clear();
        sandbox.awaitAccepted(ids);
        assertThat(sandbox.accepted(ids)).containsExactlyInAnyOrderElementsOf(ids);
    }

    private long timeouts() {
        return InvocationReport.durations(sandbox.function.log().stream()).stream()
                .filter(took -> took.compareTo(SHORT_TIMEOUT) >= 0)
                .count();
    }
}
