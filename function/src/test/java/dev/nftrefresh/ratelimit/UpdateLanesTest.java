package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.PATIENCE;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.seconds;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.t;
import static dev.nftrefresh.ratelimit.SharedRateLimiter.FULL;
import static dev.nftrefresh.ratelimit.SharedRateLimiter.partly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ratelimit.RateLimiter.DenialReason;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.InMemoryTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bulk beside live updates, a reserve of 20 % of 100 requests an hour. Times are seconds since t0. */
class UpdateLanesTest {
    private static final PermitRequest BULK =
            new PermitRequest(RateLimiterTimeline.SWORDS, 250, true, false, UpdateLane.BULK);
    /** 3 % of the hour before its end. */
    private static final double LATE = 3492;

    private final SharedRateLimiter limiter = new SharedRateLimiter(1, QuotaUnit.AUTO, 100);

    private void bulkSends(int requests) {
        for (int i = 0; i < requests; i++) {
            limiter.sends(0, BULK, 1);
        }
    }

    private void bulkIsClosedFor(double wait) {
        assertThat(limiter.ask(0, BULK)).isEqualTo(new Denied(seconds(wait), DenialReason.CLOSED));
    }

    @Test
    void bulkLeavesTheReserveToLiveUpdates() {
        bulkSends(80);
        bulkIsClosedFor(LATE);
        for (int i = 0; i < 20; i++) {
            limiter.sends(0, FULL, 1);
        }
        limiter.isClosedFor(0, 3600);
    }

    @Test
    void liveUpdatesMayUseMoreThanTheReserve() {
        for (int i = 0; i < 100; i++) {
            limiter.sends(0, FULL, 1);
        }
        bulkIsClosedFor(3600);
    }

    @Test
    void bulkGetsWhatLiveUpdatesDoNotUseBeforeItIsLost() {
        bulkSends(80);
        limiter.at(1800);
        bulkSends(10);
        bulkIsClosedFor(LATE - 1800);
        limiter.at(3510); // a fortieth of the hour is left: half a request of the reserve, rounded up
        bulkSends(9);
        assertThat(limiter.remaining()).isEqualTo(1);
        limiter.at(3550);
        bulkSends(1);
        assertThat(limiter.remaining()).isZero();
    }

    @Test
    void bulkReturnsForTheRestOfTheReserveAndThenForTheNextWindow() {
        bulkSends(80);

        List<Double> waits = limiter.at(1).returnDelays(0, BULK, 100);

        // 20 and then 80, each with 5 % more and one for each of two pollers.
        assertThat(waits.subList(0, 23)).containsOnly(LATE - 1);
        assertThat(waits.subList(23, 100)).containsOnly(3599.0);
        assertThat(limiter.returnDelays(0, BULK, 20).getLast()).isEqualTo(LATE + 3600 - 1);
    }

    @Test
    void liveUpdatesDoNotWaitInTheQueueOfBulk() {
        bulkSends(80);
        limiter.at(1).returnDelays(0, BULK, 1_000);

        limiter.sends(0, partly(3), 1);
        for (int i = 0; i < 19; i++) {
            limiter.sends(0, FULL, 1);
        }
        assertThat(limiter.at(2).returnDelays(0, FULL, 1)).containsExactly(3598.0);
    }

    /** 720 an hour is one in 5 s; a fifth of the bucket is 144. */
    @Test
    void underASteadyRefillBulkWaitsUntilTheBucketHoldsMoreThanTheReserve() {
        var bucket = new SharedRateLimiter(1, QuotaUnit.AUTO, 720);
        for (int left : new int[] {2, 1, 0}) {
            Permit permit = ((Granted) bucket.ask(0, FULL)).permit();
            Duration wait = left == 0 ? Duration.ofSeconds(5) : Duration.ofSeconds(3590);
            var quota = new ReportedQuota(720L, (long) left, t(3600 - 5 * left), wait, List.of());
            bucket.copy(0).recordOutcome(permit, new RefreshOutcome.Accepted(quota), t(0), PATIENCE);
        }

        bucket.at(1).isClosedFor(0, 4);
        assertThat(bucket.ask(0, BULK)).isEqualTo(new Denied(seconds(4 + 144 * 5), DenialReason.CLOSED));
    }

    /** One unit refills in 5.318 s, and the bucket is empty at first. */
    private static final class TokenBucket {
        private static final double UNIT = 5.318;

        private final TableRateLimiter limiter =
                new TableRateLimiter(new InMemoryTable(), new RateLimiterSettings(4, QuotaUnit.REQUEST, 20), "copy");
        private double units;
        private int live;
        private int bulk;

        TokenBucket() {
            Permit first = ((Granted) limiter.tryAcquire(FULL, t(0), PATIENCE)).permit();
            limiter.recordOutcome(first, accepted(0), t(0), PATIENCE);
        }

        private RefreshOutcome accepted(double at) {
            return new RefreshOutcome.Accepted(quota(at));
        }

        private ReportedQuota quota(double at) {
            double untilNext = (1 - units % 1) * UNIT;
            return new ReportedQuota(677L, (long) units, t(at + (677 - units) * UNIT), seconds(untilNext), List.of());
        }

        /** Both ask four times a second, the one or the other first. */
        TokenBucket until(double from, double to, boolean liveAsks) {
            for (double at = from; at < to; at += 0.25) {
                units += 0.25 / UNIT;
                boolean liveFirst = Math.round(at * 4) % 2 == 0;
                ask(liveFirst ? FULL : BULK, liveAsks, at);
                ask(liveFirst ? BULK : FULL, liveAsks, at);
            }
            return this;
        }

        private void ask(PermitRequest request, boolean liveAsks, double at) {
            boolean isLive = request.lane() == UpdateLane.LIVE;
            if ((isLive && !liveAsks) || !(limiter.tryAcquire(request, t(at), PATIENCE) instanceof Granted granted)) {
                return;
            }
            if (units < 1) {
                var throttled = new RefreshOutcome.Throttled(quota(at), RateLimiterTimeline.error(429));
                limiter.recordOutcome(granted.permit(), throttled, t(at), PATIENCE);
                return;
            }
            units--;
            live += isLive ? 1 : 0;
            bulk += isLive ? 0 : 1;
            limiter.recordOutcome(granted.permit(), accepted(at), t(at), PATIENCE);
        }
    }

    @Test
    void underASteadyRefillLiveUpdatesThatAlwaysAskGetTheRefill() {
        TokenBucket bucket = new TokenBucket().until(0, 1800, true);
        assertThat(bucket.live).isGreaterThan(330);
        assertThat(bucket.bulk).isLessThanOrEqualTo(5);
    }

    @Test
    void underASteadyRefillBulkUsesWhatExceedsTheReserveAndEverythingAfterAnHourWithoutLiveUpdates() {
        TokenBucket bucket = new TokenBucket().until(0, 7200, false);
        assertThat(bucket.bulk).isGreaterThan((int) (7200 / TokenBucket.UNIT) - 10);
        assertThat(bucket.units).isLessThan(3);
    }

    /** Live updates use some of each window, so there is never enough for a full request of bulk. */
    @Test
    void bulkGetsTheRestOfAWindowThatIsSmallerThanOneOfItsRequests() {
        var small = new SharedRateLimiter(1, QuotaUnit.TOKEN, 249);
        small.sends(0, partly(10), 10);
        assertThat(small.ask(0, BULK)).isEqualTo(new Denied(seconds(LATE), DenialReason.CLOSED));

        int tokens = small.at(LATE).sends(0, BULK, 238);

        assertThat(tokens).isEqualTo(238); // one is still kept
    }

    @Test
    void withoutAReserveBulkIsLikeAnyOtherUpdate() {
        var limiter =
                new TableRateLimiter(new InMemoryTable(), new RateLimiterSettings(1e9, QuotaUnit.AUTO, 0), "copy");
        limiter.recordOutcome(
                ((Granted) limiter.tryAcquire(BULK, t(0), PATIENCE)).permit(),
                RateLimiterTimeline.accepted(1),
                t(0),
                PATIENCE);
        assertThat(limiter.tryAcquire(BULK, t(1), PATIENCE)).isInstanceOf(Granted.class);
    }
}
