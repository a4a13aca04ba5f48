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

/** A bulk file and a few live updates of the same collection, 720 requests an hour: one in 5 s. Times are seconds since t0. */
class SharedBulkCallsTest {
    private static final PermitRequest BULK =
            new PermitRequest(RateLimiterTimeline.SWORDS, 250, true, false, UpdateLane.BULK);
    private static final PermitRequest LIVE = partly(5);
    private static final CollectionId SHIELDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "b".repeat(40));

    private final SharedRateLimiter gate = new SharedRateLimiter(3, QuotaUnit.REQUEST, 720);

    /** At second 5 both are there, and bulk's first call that is shared has gone. */
    private void begin() {
        gate.sends(0, BULK, 1);
        gate.at(1).sends(1, LIVE, 1);
        gate.at(5).sends(0, BULK, 1);
    }

    @Test
    void bulkGoesEvenlyAndTakesLiveUpdatesAlong() {
        begin();

        var next = (AwaitSharedCall) gate.at(6).ask(0, BULK);
        assertThat(next.retryIn()).isBetween(seconds(3.9), seconds(4.1));
        assertThat(next.interval()).isBetween(seconds(4.9), seconds(5.1));
        assertThat(next.isMadeByOthers()).isFalse();
        var live = (Denied) gate.at(7).ask(1, LIVE);
        assertThat(live.reason()).isEqualTo(DenialReason.GOES_ALONG);
        assertThat(live.retryIn()).isBetween(seconds(2.9), seconds(3.1));

        gate.at(10.1).sends(0, BULK, 1);
        assertThat(gate.at(11).ask(1, LIVE)).isInstanceOf(Denied.class);
    }

    @Test
    void noPartOfAWindowIsKeptForLiveUpdatesThatGoAlong() {
        begin();
        for (int i = 1; i < 700; i++) {
            gate.at(5 + 5.02 * i);
            gate.ask(1, LIVE);
            gate.sends(0, BULK, 1);
        }
        assertThat(gate.remaining()).isLessThan(20);
    }

    @Test
    void liveUpdatesGoByThemselvesWhereBulkDoesNotCome() {
        begin();
        assertThat(gate.at(7).ask(1, LIVE)).isInstanceOf(Denied.class);
        assertThat(gate.at(20).ask(1, LIVE)).isInstanceOf(Denied.class);

        gate.at(26).sends(1, LIVE, 1);
        assertThat(gate.at(31).ask(1, LIVE)).as("they do not wait again").isInstanceOf(Granted.class);
    }

    @Test
    void oneOtherCopyGoesOnWhereTheFirstStopsAndFurtherOnesLeave() {
        begin();

        assertThat(((AwaitSharedCall) gate.at(6).ask(1, BULK)).isMadeByOthers()).isFalse();
        assertThat(((AwaitSharedCall) gate.at(6.1).ask(2, BULK)).isMadeByOthers())
                .isTrue();

        gate.at(12.2).sends(1, BULK, 1);
        assertThat(((AwaitSharedCall) gate.at(13).ask(0, BULK)).isMadeByOthers())
                .isFalse();
    }

    @Test
    void thoseThatLeaveComeBackInGroupsOfTenEvenly() {
        begin();

        List<Double> waits = gate.at(6).appointments(2, BULK, 30);

        // Ten in 50 s, and a quarter more, as some come in vain.
        assertThat(waits.getFirst()).isBetween(49.0, 51.0);
        assertThat(waits.get(11)).isEqualTo(waits.getFirst());
        assertThat(waits.get(14)).isBetween(98.0, 102.0);
    }

    @Test
    void bulkGoesAtOnceBesideLiveUpdatesOfAnotherCollectionAndLeavesThemTheirPart() {
        gate.sends(0, BULK, 1);
        gate.at(1).sends(1, new PermitRequest(SHIELDS, 5, false, false, UpdateLane.LIVE), 1);
        for (int i = 0; i < 574; i++) {
            gate.sends(0, BULK, 1);
        }
        assertThat(gate.ask(0, BULK)).isInstanceOf(Denied.class);
    }

    @Test
    void liveUpdatesThatFillRequestsDoNotWaitForBulk() {
        begin();
        gate.at(6).sends(1, FULL, 1);

        assertThat(gate.at(7).ask(0, BULK)).isInstanceOf(Granted.class);
        assertThat(gate.at(7).ask(1, FULL)).isInstanceOf(Granted.class);
    }

    /** What waits may be the rest of a bulk file: a few live updates that it fills up are few nevertheless. */
    @Test
    void nothingIsKeptForALiveRequestThatWhatWaitsFillsUp() {
        begin();
        gate.at(26).sends(1, LIVE.withFilledUp(250), 1);

        for (int i = 1; i < 700; i++) {
            gate.at(26 + 5.02 * i);
            gate.ask(1, LIVE);
            gate.sends(0, BULK, 1);
        }
        assertThat(gate.remaining()).isLessThan(20);
    }

    @Test
    void whereTooLittleIsLeftOfAWindowForCallsThatAreOftenEnoughTheReserveIsKept() {
        for (int i = 0; i < 500; i++) {
            gate.at(0.1 * i).sends(0, BULK, 1);
        }
        gate.at(60).ask(1, LIVE);
        for (double second = 61; gate.at(second).ask(0, BULK) instanceof Granted(var permit, int _); second++) {
            gate.copy(0).releaseUnused(permit, RateLimiterTimeline.t(second), RateLimiterTimeline.PATIENCE);
            gate.sends(0, BULK, 1);
        }

        // Of 20 % of 720, what the window's first minutes leave of them.
        assertThat(gate.remaining()).isBetween(135L, 144L);
        gate.at(300).sends(1, LIVE, 1);
    }

    @Test
    void liveUpdatesDoNotWaitForASearchOfBulkAsNobodyGoesAlongWithIt() {
        begin();
        gate.at(10.1).sends(0, new PermitRequest(RateLimiterTimeline.SWORDS, 60, true, true, UpdateLane.BULK), 1);

        assertThat(gate.at(12).ask(1, LIVE)).isInstanceOf(Denied.class);
        assertThat(gate.at(27.2).ask(1, LIVE)).isInstanceOf(Granted.class);
    }

    @Test
    void aCopyWhoseClockIsAheadHoldsNobodyUp() {
        double ahead = 3_000;
        gate.sends(0, BULK, 1);
        gate.at(1 + ahead).sends(2, LIVE, 1);
        gate.at(5 + ahead).sends(2, BULK, 1);

        gate.at(10).sends(0, BULK, 1);
        gate.at(11).sends(0, BULK, 1);
        gate.at(300).sends(1, LIVE, 1);
    }

    @Test
    void whereUpdatesThatWaitCannotGoAlongNobodyWaitsForBulksCalls() {
        var settings = new RateLimiterSettings(1e9, QuotaUnit.REQUEST, 20, 3, false);
        var alone = new SharedRateLimiter(3, settings, 720, new InMemoryTable());
        alone.sends(0, BULK, 1);
        alone.at(1).sends(1, LIVE, 1);
        alone.at(5).sends(0, BULK, 1);

        assertThat(alone.at(6).ask(0, BULK)).isInstanceOf(Granted.class);
        assertThat(alone.at(15).ask(1, LIVE)).isInstanceOf(Granted.class);
    }

    @Test
    void whereCallsAreFewLiveUpdatesDoNotWaitForThem() {
        var few = new SharedRateLimiter(2, QuotaUnit.REQUEST, 100);
        few.sends(0, BULK, 1);
        few.at(1).sends(1, LIVE, 1);
        few.at(5).sends(0, BULK, 1);

        assertThat(few.at(6).ask(0, BULK)).isInstanceOf(Granted.class);
    }
}
