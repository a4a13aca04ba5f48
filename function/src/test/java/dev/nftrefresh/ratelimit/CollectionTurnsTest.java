package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.PATIENCE;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.t;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partly filled requests of many collections, each of which gets a send time of its own. */
class CollectionTurnsTest {
    private static final int COLLECTIONS = 10;
    private static final double HALF_AN_HOUR = 1_800;

    private static CollectionId collection(int number) {
        return new CollectionId("imtbl-zkevm-testnet", "0x%040x".formatted(number));
    }

    private static PermitRequest live(int number) {
        return new PermitRequest(collection(number), 5, false, false, UpdateLane.LIVE);
    }

    private static PermitRequest bulk(int number) {
        return new PermitRequest(collection(number), 250, true, false, UpdateLane.BULK);
    }

    /** Bulk includes no live updates then, so bulk of the same collection is no reason to give up a reservation. */
    @Test
    void withoutLatestWinsCollectionsWithBulkGetSendTimesOfTheirOwn() {
        var settings = new RateLimiterSettings(1e9, QuotaUnit.REQUEST, 20, 3, false);
        var limiter = new SharedRateLimiter(1, settings, 720, new InMemoryTable());
        for (int i = 1; i <= COLLECTIONS; i++) {
            limiter.at(0.1 * i).sends(0, bulk(i), 1);
        }
        limiter.at(3).sends(0, live(99), 1);
        var moments = new HashSet<Double>();
        for (int i = 1; i <= COLLECTIONS; i++) {
            moments.add(limiter.at(3.1).reservedDelay(0, live(i)));
        }

        assertThat(moments).hasSize(COLLECTIONS);
    }

    /**
     * The return queue shrinks only with time, so it stays long, and the quota that bulk does not use fills the bucket.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void theyAreLimitedToTheReserveOnlyWhileBulkTakesTheRest(int reservePercent) {
        assertThat(requestsInHalfAnHourAfterOne(reservePercent))
                .as("of 300 that refill in half an hour")
                .isGreaterThan(150);
    }

    /** From a bucket that bulk has emptied to the reserve, while much bulk is in the return queue and none returns. */
    private static int requestsInHalfAnHourAfterOne(int reservePercent) {
        var bucket = new SteadyBucket(reservePercent);
        bucket.at(0);
        bucket.sends(bulk(77));
        bucket.sends(bulk(77));
        bucket.sends(live(99));
        bucket.at(1);
        boolean goes = true;
        while (goes) {
            goes = bucket.sends(bulk(77));
        }
        List<Duration> _ =
                bucket.limiter.scheduleReturns(Collections.nCopies(3_000, bulk(77)), t(bucket.now), PATIENCE);
        bucket.requestsFor(HALF_AN_HOUR);
        return bucket.requestsFor(HALF_AN_HOUR);
    }

    /** A steady quota of 600 requests an hour, one in 6 s, that reports correctly. */
    private static final class SteadyBucket {
        private static final long LIMIT = 600;
        private static final double UNIT_SECONDS = 6;

        private final TableRateLimiter limiter;
        private double level = LIMIT;
        private double now;

        SteadyBucket(int reservePercent) {
            limiter = new TableRateLimiter(
                    new InMemoryTable(), new RateLimiterSettings(1e9, QuotaUnit.REQUEST, reservePercent), "copy-0");
        }

        void at(double seconds) {
            level = Math.min(LIMIT, level + (seconds - now) / UNIT_SECONDS);
            now = seconds;
        }

        boolean sends(PermitRequest request) {
            RateLimiter.PermitDecision answer = limiter.tryAcquire(request, t(now), PATIENCE);
            if (answer instanceof Denied(Duration paced, RateLimiter.DenialReason _) && paced.toNanos() <= 1_000) {
                now += 1e-6;
                answer = limiter.tryAcquire(request, t(now), PATIENCE);
            }
            if (!(answer instanceof Granted(RateLimiter.Permit permit, int _))) {
                return false;
            }
            assertThat(level).as("a request that would be answered with 429").isGreaterThanOrEqualTo(1);
            level--;
            int _ = limiter.recordOutcome(permit, new RefreshOutcome.Accepted(quota()), t(now), PATIENCE);
            return true;
        }

        private ReportedQuota quota() {
            Duration untilNext = Duration.ofMillis(Math.round((1 - level % 1) * UNIT_SECONDS * 1_000));
            return new ReportedQuota(
                    LIMIT, (long) level, t(now + (LIMIT - level) * UNIT_SECONDS), untilNext, List.of());
        }

        /** How many requests are sent in that time, for collections that always have an update. */
        int requestsFor(double seconds) {
            var reservedSendTime = new HashMap<Integer, Instant>();
            int went = 0;
            double end = now + seconds;
            for (double second = now + 1; second < end; second++) {
                at(second);
                int number = (int) second % COLLECTIONS;
                PermitRequest request = live(number).withReservedSendTime(reservedSendTime.get(number));
                if (sends(request)) {
                    went++;
                    reservedSendTime.remove(number);
                } else if (!reservedSendTime.containsKey(number)) {
                    reservedSendTime.put(number, t(second).plus(limiter.reserveSendTime(request, t(second), PATIENCE)));
                }
            }
            return went;
        }
    }
}
