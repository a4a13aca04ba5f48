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
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Full live requests of one collection beside a few live updates of another, a reserve of 20 % of 100 requests an hour.
 * Times are seconds since t0.
 */
class FewUpdatesBesideFullRequestsTest {
    private static final PermitRequest FEW = new PermitRequest(
            new CollectionId("imtbl-zkevm-testnet", "0x%040x".formatted(1)), 1, false, false, UpdateLane.LIVE);
    /** 3 % of the hour before its end. */
    private static final double LATE = 3492;

    private final SharedRateLimiter limiter = new SharedRateLimiter(1, QuotaUnit.AUTO, 100);

    private void fullRequestsGo(int requests) {
        for (int i = 0; i < requests; i++) {
            limiter.sends(0, FULL, 1);
        }
    }

    @Test
    void fullRequestsLeaveTheReserveToThem() {
        limiter.sends(0, FEW, 1);
        fullRequestsGo(79);

        limiter.isClosedFor(0, LATE);
        limiter.at(1_800).sends(0, FEW, 1);
    }

    @Test
    void fullRequestsGetTheRestBeforeItIsLost() {
        limiter.sends(0, FEW, 1);
        fullRequestsGo(79);

        limiter.at(3_550);
        fullRequestsGo(20);
        assertThat(limiter.remaining()).isZero();
    }

    @Test
    void fullRequestsReturnForTheRestOfTheReserveAndThenForTheNextWindow() {
        limiter.sends(0, FEW, 1);
        fullRequestsGo(79);

        List<Double> delays = limiter.at(1).returnDelays(0, FULL, 100);

        // 20 and then 80, each with 5 % more and one for each of two pollers.
        assertThat(delays.subList(0, 23)).containsOnly(LATE - 1);
        assertThat(delays.subList(23, 100)).containsOnly(3_599.0);
    }

    @Test
    void fullRequestsThatWaitedBeforeTheFirstOfThemGetTheRestOfTheReserveToo() {
        fullRequestsGo(100);
        limiter.returnDelays(0, FULL, 900);
        limiter.at(600).ask(0, FEW);

        limiter.at(3_600);
        fullRequestsGo(80);
        limiter.isClosedFor(0, LATE);

        // 107 returned for all 100, and the reserve denies these.
        assertThat(limiter.at(3_601).returnDelays(0, FULL, 27).subList(0, 23)).containsOnly(LATE - 1);
    }

    @Test
    void theyDoNotWaitForASearchOfTheirCollection() {
        limiter.sends(0, FEW, 1);
        fullRequestsGo(79);
        var search = new PermitRequest(FEW.collection(), 1, true, true, UpdateLane.LIVE);
        limiter.at(1).returnDelays(0, search, 1);

        limiter.at(1_800).sends(0, FEW, 1);
    }

    @Test
    void aCollectionAloneSpendsTheWholeWindow() {
        limiter.sends(0, partly(1), 1);
        fullRequestsGo(99);

        limiter.isClosedFor(0, 3_600);
    }

    @Test
    void fullRequestsOfSeveralCollectionsSpendTheWholeWindow() {
        var otherFull = new PermitRequest(FEW.collection(), 250, true, false, UpdateLane.LIVE);
        for (int i = 0; i < 50; i++) {
            limiter.sends(0, FULL, 1);
            limiter.sends(0, otherFull, 1);
        }
        limiter.isClosedFor(0, 3_600);
    }

    @Test
    void nothingIsKeptAnHourAfterTheLastOfThem() {
        limiter.sends(0, FEW, 1);

        limiter.at(3_700);
        fullRequestsGo(100);
        limiter.isClosedFor(0, 3_600);
    }

    /** 720 an hour is one in 5 s; a fifth of the bucket is 144. */
    @Test
    void underASteadyRefillFullRequestsWaitUntilTheBucketHoldsMoreThanTheReserve() {
        var bucket = new SharedRateLimiter(1, QuotaUnit.AUTO, 720);
        List<PermitRequest> requests = List.of(FULL, FULL, FEW);
        for (int i = 0; i < 3; i++) {
            Permit permit = ((Granted) bucket.ask(0, requests.get(i))).permit();
            Duration wait = i == 2 ? Duration.ofSeconds(5) : Duration.ofSeconds(3590);
            var quota = new ReportedQuota(720L, 2L - i, t(3590 + 5 * i), wait, List.of());
            bucket.copy(0).recordOutcome(permit, new RefreshOutcome.Accepted(quota), t(0), PATIENCE);
        }

        assertThat(bucket.at(1).ask(0, FULL)).isEqualTo(new Denied(seconds(4 + 144 * 5), DenialReason.CLOSED));
        assertThat(bucket.ask(0, FEW)).isEqualTo(new Denied(seconds(4), DenialReason.CLOSED));
    }
}
