package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.PATIENCE;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.T0;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableRateLimiterTest extends RateLimiterContract {
    @Override
    protected RateLimiter limiter(double maxRequestsPerSecond) {
        return limiter(maxRequestsPerSecond, new InMemoryTable(), "copy");
    }

    private static RateLimiter limiter(double maxRequestsPerSecond, SharedTable table, String copy) {
        return new TableRateLimiter(table, new RateLimiterSettings(maxRequestsPerSecond, QuotaUnit.AUTO, 20), copy);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void an_impossible_pace_is_refused(double pace) {
        assertThatIllegalArgumentException().isThrownBy(() -> limiter(pace));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, Double.MAX_VALUE})
    void the_slowest_and_the_fastest_pace_grant_a_request(double pace) {
        assertThat(limiter(pace).tryAcquire(RateLimiterTimeline.ONE, T0, PATIENCE))
                .isInstanceOf(Granted.class);
    }

    @Test
    void threads_that_ask_at_once_share_one_quota() throws Exception {
        var limiter = limiter(1e9);
        Permit probe = ((Granted) limiter.tryAcquire(RateLimiterTimeline.ONE, T0, PATIENCE)).permit();
        limiter.recordOutcome(probe, accepted(40), T0, PATIENCE);
        Callable<Boolean> ask =
                () -> limiter.tryAcquire(RateLimiterTimeline.ONE, T0.plusSeconds(1), PATIENCE) instanceof Granted;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long granted = threads
                    .invokeAll(Stream.generate(() -> ask).limit(200).toList())
                    .stream()
                    .filter(asked -> asked.resultNow())
                    .count();
            assertThat(granted).isEqualTo(1);
        }
    }
}
