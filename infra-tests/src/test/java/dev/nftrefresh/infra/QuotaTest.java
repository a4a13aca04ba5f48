package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nftrefresh.local.api.InjectedFault;
import dev.nftrefresh.local.api.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** What happens in the queue while the API's quota is used up. */
@OnLocalStack
final class QuotaTest {
    /** Longer than the function itself waits, and long enough to stop the polling meanwhile. */
    private static final Duration WAIT = Duration.ofSeconds(15);

    private final StackDeployment sandbox;

    QuotaTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
    }

    @AfterEach
    void goOn() {
        sandbox.api.faults().clear();
        sandbox.function.startPolling();
    }

    @Test
    void keepsThrottledUpdatesInvisibleForTheRequestedWaitAndSendsThemAfterwards() {
        List<String> ids = UpdateMessages.ids(4_000, 20);
        sandbox.api.faults().whenever(request -> ids.containsAll(request.tokenIds()), throttled());
        sandbox.send(ids);
        await("429").atMost(StackDeployment.PATIENCE).until(() -> !throttledAt().isEmpty());
        Instant opening = throttledAt().getFirst().plus(WAIT);

        await("return of every message")
                .atMost(WAIT)
                .untilAsserted(() ->
                        assertThat(sandbox.refreshQueue.depth()).isEqualTo(new StackQueue.Depth(0, ids.size(), 0)));
        // Now the test receives instead of the function, and so sees when each returns, and how often it was received.
        sandbox.function.stopPolling();
        Map<String, Message> back = new HashMap<>();
        await("messages").atMost(StackDeployment.PATIENCE).until(() -> {
            for (Message message : sandbox.refreshQueue.receive(Duration.ofMinutes(1))) {
                assertThat(Instant.now()).isAfterOrEqualTo(opening);
                back.put(message.messageId(), message);
            }
            return back.size() == ids.size();
        });
        assertThat(back.values()).extracting(StackQueue::receives).containsOnly(2);
        assertThat(sandbox.accepted(ids)).isEmpty();

        sandbox.api.faults().clear();
        back.values().forEach(sandbox.refreshQueue::giveBack);
        sandbox.function.startPolling();

        sandbox.awaitAccepted(ids);
        assertThat(sandbox.accepted(ids)).containsExactlyInAnyOrderElementsOf(ids);
    }

    private List<Instant> throttledAt() {
        return sandbox.api.recorded().stream()
                .filter(request -> request.status() == 429)
                .map(RecordedRequest::request)
                .map(request -> request.at())
                .toList();
    }

    /** As the API was seen to write it. */
    private static InjectedFault throttled() {
        return new InjectedFault.ErrorResponse(
                429,
                Map.of(
                        "Content-Type", "application/json",
                        "imx-refreshes-limit", "677",
                        "imx-remaining-refreshes", "0",
                        "retry-after", WAIT.toSeconds() + ".00-seconds"),
                """
                {"code":"TOO_MANY_REQUESTS_ERROR","message":"Too many metadata refreshes.","link":"","trace_id":"1","details":null}""");
    }
}
