package dev.nftrefresh.pacing;

import static dev.nftrefresh.pacing.GateTimeline.PATIENCE;
import static dev.nftrefresh.pacing.GateTimeline.t;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.Quota;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.pacing.RefreshGate.Answer;
import dev.nftrefresh.pacing.RefreshGate.Granted;
import dev.nftrefresh.pacing.RefreshGate.NotBefore;
import dev.nftrefresh.pacing.RefreshGate.Request;
import dev.nftrefresh.pacing.RefreshGate.Why;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A collection with refused tokens, which searches for them, beside one without. Times are seconds since t0. */
class SearchShareTest {
    private static final CollectionId OTHER = new CollectionId("imtbl-zkevm-testnet", "0x" + "b".repeat(40));

    private final MemoryTable table = new MemoryTable();
    /** The copy that searches, and the copy that has only good tokens. */
    private final TableGate searching = copy("searching");

    private final TableGate clean = copy("clean");
    private long remaining = 100;

    private TableGate copy(String name) {
        return new TableGate(table, new GateSettings(4, QuotaUnit.REQUEST, 0), name);
    }

    private static Request search(Lane lane) {
        return new Request(GateTimeline.SWORDS, 60, true, true, lane);
    }

    private static Request ordinary(Lane lane) {
        return new Request(OTHER, 250, true, false, lane);
    }

    /** Whether it went; the one that searches is refused each time. */
    private boolean goes(TableGate gate, Request request, double at) {
        if (!(gate.ask(request, t(at), PATIENCE) instanceof Granted granted)) {
            return false;
        }
        remaining--;
        var quota = new Quota(100L, remaining, t(3600), null, List.of());
        gate.answered(
                granted.permit(),
                request.isSearch()
                        ? new RefreshOutcome.Refused(GateTimeline.error(400))
                        : new RefreshOutcome.Accepted(quota),
                t(at),
                PATIENCE);
        return true;
    }

    @Test
    void aSearchWithoutOthersMayUseEverything() {
        for (int i = 0; i < 40; i++) {
            assertThat(goes(searching, search(Lane.LIVE), i * 0.25)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"LIVE, LIVE", "BULK, LIVE", "LIVE, BULK", "BULK, BULK"})
    void besideOthersASearchGetsAFifthAndTheOthersAreDoneAtMostAQuarterLater(Lane ofSearch, Lane ofOthers) {
        goes(clean, ordinary(ofOthers), 0);
        int ordinary = 1;
        int searches = 0;
        double at = 0.25;
        for (; ordinary < 40; at += 0.25) {
            // Whoever searches asks first each time.
            if (goes(searching, search(ofSearch), at)) {
                searches++;
            } else if (goes(clean, ordinary(ofOthers), at)) {
                ordinary++;
            }
        }
        assertThat(searches).isBetween(8, 10);
        assertThat(at).isLessThanOrEqualTo(1.25 * 40 * 0.25 + 0.25);
    }

    @Test
    void itIsToldToComeBackLaterAndAfterTheOthersAreGoneItMayUseEverything() {
        goes(clean, ordinary(Lane.LIVE), 0);
        Answer answer = searching.ask(search(Lane.LIVE), t(1), PATIENCE);
        assertThat(answer).isInstanceOfSatisfying(NotBefore.class, refusal -> {
            assertThat(refusal.why()).isEqualTo(Why.SEARCH_SHARE);
            assertThat(refusal.retryIn()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
        });
        assertThat(searching.appointments(List.of(search(Lane.LIVE)), t(1), PATIENCE))
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1)));

        assertThat(goes(searching, search(Lane.LIVE), 61)).isTrue();
        assertThat(goes(searching, search(Lane.LIVE), 61.25)).isTrue();
    }

    /** Whose appointment lies in an hour has something to send then. */
    @Test
    void whoWaitsForTheNextOpeningIsNotForgotten() {
        remaining = 2;
        goes(clean, ordinary(Lane.LIVE), 0);
        goes(clean, ordinary(Lane.LIVE), 0.25);
        goes(clean, ordinary(Lane.LIVE), 0.5);
        clean.appointments(List.of(ordinary(Lane.LIVE)), t(1), PATIENCE);

        remaining = 100;
        assertThat(goes(searching, search(Lane.LIVE), 3600)).isTrue(); // nobody else got anything for long
        assertThat(goes(searching, search(Lane.LIVE), 3601)).isFalse();
        assertThat(goes(clean, ordinary(Lane.LIVE), 3602)).isTrue();
    }

    /** Others that ask and get nothing, as bulk does within the reserve, do not stop a search. */
    @ParameterizedTest
    @EnumSource(Lane.class)
    void aSearchGoesOnAtAFifthOfWhatComesBackWhereTheOthersGetNothing(Lane lane) {
        goes(clean, ordinary(Lane.LIVE), 0);
        Instant now = t(1);
        int asks = 0;
        while (searching.ask(search(lane), now, PATIENCE) instanceof NotBefore(Duration retryIn, Why _)) {
            clean.appointments(List.of(ordinary(Lane.LIVE)), now, PATIENCE);
            now = now.plus(retryIn);
            asks++;
        }
        assertThat(now).isBeforeOrEqualTo(t(200));
        assertThat(asks).isLessThan(200);
    }
}
