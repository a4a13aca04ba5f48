package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nftrefresh.local.api.StandInRefreshApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A parameter that is changed by a deploy takes effect with it. */
@OnLocalStack
final class StackUpdateTest {
    private final StackDeployment sandbox;

    StackUpdateTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void callsTheApiThatANewParameterNamesAtThePaceThatAnotherOneSets() {
        String tokenId = "9000";
        try (StandInRefreshApi other = StackDeployer.api()) {
            sandbox.stack.update(
                    Map.of("ImmutableBaseUrl", StackDeployer.fromContainers(other), "MaxRequestsPerSecond", "0.5"));

            // Each collection needs a request of its own; all in one message would be one collection.
            sandbox.refreshQueue.send(IntStream.rangeClosed(1, 4)
                    .mapToObj(i -> UpdateMessages.message(
                            UpdateMessages.TESTNET,
                            UpdateMessages.COLLECTION.replace('8', (char) ('0' + i)),
                            UpdateMessages.token(tokenId)))
                    .toList());
            await("four requests")
                    .atMost(StackDeployment.PATIENCE)
                    .untilAsserted(() -> assertThat(other.recorded()).hasSizeGreaterThanOrEqualTo(4));
            sandbox.awaitEmptyQueue();

            // After an update LocalStack may still be at the last poll for the mapping as it was, so two or three
            // copies
            // can share them, each at its own pace. One has two then. When they came to the API says less of the pace:
            // the
            // first one of a copy is late.
            await("their lines in the log")
                    .atMost(StackDeployment.PATIENCE)
                    .until(() -> sentByCopies(tokenId).mapToInt(List::size).sum() >= 4);
            assertThat(sentByCopies(tokenId).flatMap(StackUpdateTest::gaps))
                    .isNotEmpty()
                    // Two seconds, and the default pace leaves half a one. The log is written somewhat after the fact.
                    .allSatisfy(gap -> assertThat(gap).isGreaterThan(Duration.ofMillis(1_500)));
        } finally {
            sandbox.stack.update(
                    Map.of("ImmutableBaseUrl", StackDeployer.fromContainers(sandbox.api), "MaxRequestsPerSecond", "2"));
        }
    }

    @Test
    void pollsAsNewParametersSay() {
        String before = String.valueOf(sandbox.function.mapping().maximumBatchingWindowInSeconds());
        try {
            sandbox.stack.update(Map.of("BatchSize", "7", "BatchingWindowSeconds", "2", "MaximumConcurrency", "5"));

            var mapping = sandbox.function.mapping();
            assertThat(mapping.batchSize()).isEqualTo(7);
            assertThat(mapping.maximumBatchingWindowInSeconds()).isEqualTo(2);
            assertThat(mapping.scalingConfig().maximumConcurrency()).isEqualTo(5);
        } finally {
            sandbox.stack.update(
                    Map.of("BatchSize", "10000", "BatchingWindowSeconds", before, "MaximumConcurrency", "2"));
        }
    }

    /** When each copy let its requests of this token go, in this order. */
    private Stream<List<Instant>> sentByCopies(String tokenId) {
        return sandbox.function.logsOfCopies().stream()
                .map(log -> log.stream()
                        .flatMap(line -> LoggedRequest.of(line).stream())
                        .filter(request -> request.tokenIds().contains(tokenId))
                        .map(LoggedRequest::at)
                        .sorted()
                        .toList());
    }

    private static Stream<Duration> gaps(List<Instant> times) {
        return IntStream.range(1, times.size()).mapToObj(i -> Duration.between(times.get(i - 1), times.get(i)));
    }
}
