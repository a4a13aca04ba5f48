package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.PATIENCE;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.accepted;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.seconds;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.t;
import static dev.nftrefresh.ratelimit.SharedRateLimiter.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ratelimit.RateLimiter.DenialReason;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.InMemoryTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bulk whose share of the quota is used up, while the answers report no time, or an implausible one, for more. */
class BulkNeverStuckTest {
    private static final PermitRequest BULK =
            new PermitRequest(RateLimiterTimeline.SWORDS, 250, true, false, UpdateLane.BULK);
    private static final Duration RETRY_AFTER = Duration.ofMillis(9_610);

    private final TableRateLimiter limiter =
            new TableRateLimiter(new InMemoryTable(), new RateLimiterSettings(4, QuotaUnit.REQUEST, 20), "copy");

    private void liveIsAccepted(double at, long remaining, @Nullable Instant reset, @Nullable Duration retryAfter) {
        var granted = (Granted) limiter.tryAcquire(FULL, t(at), PATIENCE);
        limiter.recordOutcome(granted.permit(), accepted(677L, remaining, reset, retryAfter), t(at + 0.3), PATIENCE);
    }

    static @Nullable Instant[] resetsThatTellNothing() {
        return new @Nullable Instant[] {null, t(-1), Instant.EPOCH, t(365 * 24 * 3600), Instant.MAX};
    }

    @ParameterizedTest
    @MethodSource("resetsThatTellNothing")
    void withoutAPlausibleResetOneRequestProbesAfterFiveMinutes(@Nullable Instant reset) {
        liveIsAccepted(0, 135, reset, RETRY_AFTER);

        assertThat(limiter.tryAcquire(BULK, t(60.3), PATIENCE))
                .isEqualTo(new Denied(seconds(240), DenialReason.CLOSED));
        assertThat(limiter.scheduleReturns(List.of(BULK), t(60.3), PATIENCE)).containsExactly(seconds(240));
        assertThat(limiter.tryAcquire(BULK, t(300.299), PATIENCE)).isInstanceOf(Denied.class);
        assertThat(limiter.tryAcquire(BULK, t(300.3), PATIENCE)).isInstanceOf(Granted.class);
        assertThat(limiter.tryAcquire(BULK, t(301), PATIENCE)).isInstanceOf(Denied.class);
    }

    @Test
    void nearTheEndOfAWindowTheWaitIsUntilTheResetAndNotAnOldRetryAfter() {
        liveIsAccepted(0, 676, t(3600), RETRY_AFTER);
        liveIsAccepted(3510, 2, t(3600), RETRY_AFTER);

        assertThat(limiter.tryAcquire(BULK, t(3540), PATIENCE)).isEqualTo(new Denied(seconds(60), DenialReason.CLOSED));
        assertThat(limiter.scheduleReturns(List.of(BULK), t(3540), PATIENCE)).containsExactly(seconds(60));
        assertThat(limiter.tryAcquire(BULK, t(3600), PATIENCE)).isInstanceOf(Granted.class);
    }
}
