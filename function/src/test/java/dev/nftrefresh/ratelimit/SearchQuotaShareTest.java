package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.PATIENCE;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.t;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ratelimit.RateLimiter.DenialReason;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.PermitDecision;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A collection with refused tokens, which searches for them, beside one without. Times are seconds since t0. */
class SearchQuotaShareTest {
    private static final CollectionId OTHER = new CollectionId("imtbl-zkevm-testnet", "0x" + "b".repeat(40));

    private final InMemoryTable table = new InMemoryTable();
    /** The copy that searches, and the copy that has only valid tokens. */
    private final TableRateLimiter searching = copy("searching");

    private final TableRateLimiter clean = copy("clean");
    private long remaining = 100;

    private TableRateLimiter copy(String name) {
        return new TableRateLimiter(table, new RateLimiterSettings(4, QuotaUnit.REQUEST, 0), name);
    }

    private static PermitRequest search(UpdateLane lane) {
        return new PermitRequest(RateLimiterTimeline.SWORDS, 60, true, true, lane);
    }

    private static PermitRequest ordinary(UpdateLane lane) {
        return new PermitRequest(OTHER, 250, true, false, lane);
    }

    /** Whether it was sent; requests of the search are refused each time. */
    private boolean isSent(TableRateLimiter limiter, PermitRequest request, double at) {
        if (!(limiter.tryAcquire(request, t(at), PATIENCE) instanceof Granted granted)) {
            return false;
        }
        remaining--;
        var quota = new ReportedQuota(100L, remaining, t(3600), null, List.of());
        limiter.recordOutcome(
                granted.permit(),
                request.isSearch()
                        ? new RefreshOutcome.Refused(RateLimiterTimeline.error(400))
                        : new RefreshOutcome.Accepted(quota),
                t(at),
                PATIENCE);
        return true;
    }

    @Test
    void aSearchWithoutOthersMayUseEverything() {
        for (int i = 0; i < 40; i++) {
            assertThat(isSent(searching, search(UpdateLane.LIVE), i * 0.25)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"LIVE, LIVE", "BULK, LIVE", "LIVE, BULK", "BULK, BULK"})
    void besideOthersASearchGetsAFifthAndTheOthersFinishAtMostAQuarterLater(UpdateLane ofSearch, UpdateLane ofOthers) {
        isSent(clean, ordinary(ofOthers), 0);
        int ordinary = 1;
        int searches = 0;
        double at = 0.25;
        for (; ordinary < 40 && at < 20; at += 0.25) {
            // The searching copy asks first each time.
            if (isSent(searching, search(ofSearch), at)) {
                searches++;
            } else if (isSent(clean, ordinary(ofOthers), at)) {
                ordinary++;
            }
        }
        assertThat(searches).isBetween(8, 10);
        assertThat(at).isLessThanOrEqualTo(1.25 * 40 * 0.25 + 0.25);
    }

    @Test
    void aSearchReturnsLaterAndUsesEverythingOnceTheOthersAreGone() {
        isSent(clean, ordinary(UpdateLane.LIVE), 0);
        PermitDecision answer = searching.tryAcquire(search(UpdateLane.LIVE), t(1), PATIENCE);
        assertThat(answer).isInstanceOfSatisfying(Denied.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(DenialReason.SEARCH_SHARE);
            assertThat(refusal.retryIn()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
        });
        assertThat(searching.scheduleReturns(List.of(search(UpdateLane.LIVE)), t(1), PATIENCE))
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1)));

        assertThat(isSent(searching, search(UpdateLane.LIVE), 61)).isTrue();
        assertThat(isSent(searching, search(UpdateLane.LIVE), 61.25)).isTrue();
    }

    /** A collection that is to return in an hour has something to send then. */
    @Test
    void aCollectionThatWaitsForTheNextOpeningStillCounts() {
        remaining = 2;
        isSent(clean, ordinary(UpdateLane.LIVE), 0);
        isSent(clean, ordinary(UpdateLane.LIVE), 0.25);
        isSent(clean, ordinary(UpdateLane.LIVE), 0.5);
        clean.scheduleReturns(List.of(ordinary(UpdateLane.LIVE)), t(1), PATIENCE);

        remaining = 100;
        assertThat(isSent(searching, search(UpdateLane.LIVE), 3600))
                .isTrue(); // no other collection got anything for long
        assertThat(isSent(searching, search(UpdateLane.LIVE), 3601)).isFalse();
        assertThat(isSent(clean, ordinary(UpdateLane.LIVE), 3602)).isTrue();
    }

    /** Other collections that ask and get nothing, like bulk within the reserve, do not stop a search. */
    @ParameterizedTest
    @EnumSource(UpdateLane.class)
    void aSearchContinuesAtAFifthOfTheRefillWhileTheOthersGetNothing(UpdateLane lane) {
        isSent(clean, ordinary(UpdateLane.LIVE), 0);
        Instant now = t(1);
        int asks = 0;
        while (searching.tryAcquire(search(lane), now, PATIENCE) instanceof Denied(Duration retryIn, DenialReason _)) {
            clean.scheduleReturns(List.of(ordinary(UpdateLane.LIVE)), now, PATIENCE);
            now = now.plus(retryIn);
            asks++;
        }
        assertThat(now).isBeforeOrEqualTo(t(200));
        assertThat(asks).isLessThan(200);
    }
}
