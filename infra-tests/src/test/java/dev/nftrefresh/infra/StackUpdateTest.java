package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nftrefresh.local.api.RecordedRequest;
import dev.nftrefresh.local.api.StandInApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A parameter that is changed by a deploy takes effect with it. */
@OnLocalStack
final class StackUpdateTest {
    private final Deployment sandbox;

    StackUpdateTest(Deployment sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void leavesUpdatesInTheQueueWhilePausedAndGoesOnWhenEnabled() {
        List<String> ids = Updates.ids(8_000, 20);
        sandbox.stack.update(Map.of("Processing", "paused"));
        sandbox.function.awaitPollingStopped();
        // A poll that began before may still receive, for the batching window of one second.
        await("end of the last poll")
                .during(Duration.ofSeconds(2))
                .until(() -> sandbox.refreshQueue.depth().equals(Queue.Depth.EMPTY));

        sandbox.send(ids);
        await("no receive")
                .during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(8))
                .untilAsserted(
                        () -> assertThat(sandbox.refreshQueue.depth()).isEqualTo(new Queue.Depth(ids.size(), 0, 0)));
        assertThat(sandbox.accepted(ids)).isEmpty();

        sandbox.stack.update(Map.of("Processing", "enabled"));
        sandbox.awaitAccepted(ids);
    }

    @Test
    void callsTheApiThatANewParameterNamesAtThePaceThatAnotherOneSets() {
        try (StandInApi other = Deployer.api()) {
            sandbox.stack.update(
                    Map.of("ImmutableBaseUrl", Deployer.fromContainers(other), "MaxRequestsPerSecond", "0.5"));

            // Each collection needs a request of its own; all in one message would be one collection.
            sandbox.refreshQueue.send(IntStream.rangeClosed(1, 3)
                    .mapToObj(i -> Updates.message(
                            Updates.TESTNET, Updates.COLLECTION.replace('8', (char) ('0' + i)), Updates.token("9000")))
                    .toList());
            await("three requests")
                    .atMost(Deployment.PATIENCE)
                    .until(() -> other.recorded().size() == 3);

            List<Instant> sent = other.recorded().stream()
                    .map(RecordedRequest::request)
                    .map(request -> request.at())
                    .sorted()
                    .toList();
            // Even if two copies share them, one has two of them to send.
            assertThat(Duration.between(sent.getFirst(), sent.getLast())).isGreaterThan(Duration.ofMillis(1_900));
            sandbox.awaitEmptyQueue();
        } finally {
            sandbox.stack.update(
                    Map.of("ImmutableBaseUrl", Deployer.fromContainers(sandbox.api), "MaxRequestsPerSecond", "2"));
        }
    }
}
