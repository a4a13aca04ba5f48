package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.local.api.StandInSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** MAX_REQUESTS_PER_SECOND, as the API sees it. */
final class PacingTest extends SandboxTest {
    @Test
    void copiesTogetherKeepThePace() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(4).withRequestsPerSecond(20));
        IntStream.range(0, 40)
                .mapToObj("0x%040x"::formatted)
                .forEach(address -> sandbox.send(ProducerMessages.message(address, ProducerMessages.tokens(0, 2))));

        sandbox.drain();

        List<Instant> times = sandbox.requests().stream()
                .map(recorded -> recorded.request().at())
                .sorted()
                .toList();
        assertThat(times).hasSize(40);
        assertThat(Duration.between(times.getFirst(), times.getLast())).isGreaterThan(Duration.ofMillis(38 * 50));
        // One more for what a busy machine held up on the way.
        assertThat(times)
                .allSatisfy(from -> assertThat(
                                times.stream().filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(1))))
                        .hasSizeLessThanOrEqualTo(20 + 1));
        assertThat(sandbox.tally().receives()).isEqualTo(40);
    }

    @Test
    void requestsAreInFlightAtOnceWhenTheApiIsSlow() {
        var slow = new StandInSettings(
                null, Duration.ofHours(1), QuotaRefill.WINDOW, StandInQuotaUnit.REQUEST, Duration.ofMillis(500));
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1).withStandIn(slow));
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 4_000)));

        Instant start = sandbox.clock().instant();
        sandbox.drain();

        assertThat(sandbox.requests()).hasSize(16);
        assertThat(Duration.between(start, sandbox.clock().instant())).isLessThan(Duration.ofSeconds(8));
    }
}
