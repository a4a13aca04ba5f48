package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.seconds;
import static dev.nftrefresh.ratelimit.SharedRateLimiter.FULL;
import static dev.nftrefresh.ratelimit.SharedRateLimiter.partly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ratelimit.RateLimiter.AwaitSharedCall;
import dev.nftrefresh.ratelimit.RateLimiter.DenialReason;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.update.CollectionId;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A bulk file and a few live updates of one collection, with 720 requests an hour: one in 5 s. Times are seconds since
 * t0.
 */
class SharedBulkCallsTest {
    private static final PermitRequest BULK =
            new PermitRequest(RateLimiterTimeline.SWORDS, 250, true, false, UpdateLane.BULK);
    private static final PermitRequest LIVE = partly(5);
    private static final CollectionId SHIELDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "b".repeat(40));

    private final SharedRateLimiter limiter = new SharedRateLimiter(3, QuotaUnit.REQUEST, 720);

    /** At second 5 both are present, and the first shared bulk call was sent. */
    private void begin() {
        limiter.sends(0, BULK, 1);
        limiter.at(1).sends(1, LIVE, 1);
        limiter.at(5).sends(0, BULK, 1);
    }

    @Test
    void bulkCallsAreSpacedEvenlyAndIncludeLiveUpdates() {
        begin();

        var next = (AwaitSharedCall) limiter.at(6).ask(0, BULK);
        assertThat(next.retryIn()).isBetween(seconds(3.9), seconds(4.1));
        assertThat(next.interval()).isBetween(seconds(4.9), seconds(5.1));
        assertThat(next.isMadeByOthers()).isFalse();
        var live = (Denied) limiter.at(7).ask(1, LIVE);
        assertThat(live.reason()).isEqualTo(DenialReason.INCLUDED_BY_BULK);
        assertThat(live.retryIn()).isBetween(seconds(2.9), seconds(3.1));

        limiter.at(10.1).sends(0, BULK, 1);
        assertThat(limiter.at(11).ask(1, LIVE)).isInstanceOf(Denied.class);
    }

    @Test
    void noPartOfAWindowIsKeptForIncludedLiveUpdates() {
        begin();
        for (int i = 1; i < 700; i++) {
            limiter.at(5 + 5.02 * i);
            limiter.ask(1, LIVE);
            limiter.sends(0, BULK, 1);
        }
        assertThat(limiter.remaining()).isLessThan(20);
    }

    @Test
    void liveUpdatesAreSentSeparatelyWhenBulkDoesNotCome() {
        begin();
        assertThat(limiter.at(7).ask(1, LIVE)).isInstanceOf(Denied.class);
        assertThat(limiter.at(20).ask(1, LIVE)).isInstanceOf(Denied.class);

        limiter.at(26).sends(1, LIVE, 1);
        assertThat(limiter.at(31).ask(1, LIVE)).as("they do not wait again").isInstanceOf(Granted.class);
    }

    @Test
    void oneOtherCopyContinuesWhereTheFirstStopsAndTheRestReturn() {
        begin();

        assertThat(((AwaitSharedCall) limiter.at(6).ask(1, BULK)).isMadeByOthers())
                .isFalse();
        assertThat(((AwaitSharedCall) limiter.at(6.1).ask(2, BULK)).isMadeByOthers())
                .isTrue();

        limiter.at(12.2).sends(1, BULK, 1);
        assertThat(((AwaitSharedCall) limiter.at(13).ask(0, BULK)).isMadeByOthers())
                .isFalse();
    }

    @Test
    void theRestReturnInEvenlySpacedGroupsOfTen() {
        begin();

        List<Double> waits = limiter.at(6).returnDelays(2, BULK, 30);

        // Ten in 50 s, and a quarter more, as some return in vain.
        assertThat(waits.getFirst()).isBetween(49.0, 51.0);
        assertThat(waits.get(11)).isEqualTo(waits.getFirst());
        assertThat(waits.get(14)).isBetween(98.0, 102.0);
    }

    @Test
    void bulkIsSentAtOnceBesideLiveUpdatesOfAnotherCollectionAndLeavesThemTheirShare() {
        limiter.sends(0, BULK, 1);
        limiter.at(1).sends(1, new PermitRequest(SHIELDS, 5, false, false, UpdateLane.LIVE), 1);
        for (int i = 0; i < 574; i++) {
            limiter.sends(0, BULK, 1);
        }
        assertThat(limiter.ask(0, BULK)).isInstanceOf(Denied.class);
    }

    @Test
    void liveUpdatesThatFillRequestsDoNotWaitForBulk() {
        begin();
        limiter.at(6).sends(1, FULL, 1);

        assertThat(limiter.at(7).ask(0, BULK)).isInstanceOf(Granted.class);
        assertThat(limiter.at(7).ask(1, FULL)).isInstanceOf(Granted.class);
    }

    /** Waiting updates may be the rest of a bulk file: a few live updates that they fill up are still few. */
    @Test
    void nothingIsKeptForALiveRequestThatWaitingUpdatesFill() {
        begin();
        limiter.at(26).sends(1, LIVE.withFilledUp(250), 1);

        for (int i = 1; i < 700; i++) {
            limiter.at(26 + 5.02 * i);
            limiter.ask(1, LIVE);
            limiter.sends(0, BULK, 1);
        }
        assertThat(limiter.remaining()).isLessThan(20);
    }

    @Test
    void theReserveIsKeptWhenTooLittleIsLeftOfAWindowForFrequentCalls() {
        for (int i = 0; i < 500; i++) {
            limiter.at(0.1 * i).sends(0, BULK, 1);
        }
        limiter.at(60).ask(1, LIVE);
        for (double second = 61; limiter.at(second).ask(0, BULK) instanceof Granted(var permit, int _); second++) {
            limiter.copy(0).releaseUnused(permit, RateLimiterTimeline.t(second), RateLimiterTimeline.PATIENCE);
            limiter.sends(0, BULK, 1);
        }

        // What the window's first minutes leave of 20 % of 720.
        assertThat(limiter.remaining()).isBetween(135L, 144L);
        limiter.at(300).sends(1, LIVE, 1);
    }

    @Test
    void liveUpdatesDoNotWaitForABulkSearchWhichIncludesNoOthers() {
        begin();
        limiter.at(10.1).sends(0, new PermitRequest(RateLimiterTimeline.SWORDS, 60, true, true, UpdateLane.BULK), 1);

        assertThat(limiter.at(12).ask(1, LIVE)).isInstanceOf(Denied.class);
        assertThat(limiter.at(27.2).ask(1, LIVE)).isInstanceOf(Granted.class);
    }

    @Test
    void aCopyWhoseClockIsAheadDelaysNoOther() {
        double ahead = 3_000;
        limiter.sends(0, BULK, 1);
        limiter.at(1 + ahead).sends(2, LIVE, 1);
        limiter.at(5 + ahead).sends(2, BULK, 1);

        limiter.at(10).sends(0, BULK, 1);
        limiter.at(11).sends(0, BULK, 1);
        limiter.at(300).sends(1, LIVE, 1);
    }

    @Test
    void liveUpdatesDoNotWaitForBulkCallsThatCannotIncludeThem() {
        var settings = new RateLimiterSettings(1e9, QuotaUnit.REQUEST, 20, 3, false);
        var alone = new SharedRateLimiter(3, settings, 720, new InMemoryTable());
        alone.sends(0, BULK, 1);
        alone.at(1).sends(1, LIVE, 1);
        alone.at(5).sends(0, BULK, 1);

        assertThat(alone.at(6).ask(0, BULK)).isInstanceOf(Granted.class);
        assertThat(alone.at(15).ask(1, LIVE)).isInstanceOf(Granted.class);
    }

    @Test
    void liveUpdatesDoNotWaitForInfrequentCalls() {
        var few = new SharedRateLimiter(2, QuotaUnit.REQUEST, 100);
        few.sends(0, BULK, 1);
        few.at(1).sends(1, LIVE, 1);
        few.at(5).sends(0, BULK, 1);

        assertThat(few.at(6).ask(0, BULK)).isInstanceOf(Granted.class);
    }
}
