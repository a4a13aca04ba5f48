package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.table.MemoryTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableLedgerTest extends TokenLedgerContract {
    private static final int HOUR = 3600;

    @Test
    void whatACopySentBeforeItDiedMayStillArriveAndThenUndoWhatIsNewer() {
        var ledger =
                new TableLedger(new MemoryTable(), _ -> {}, Duration.ofMinutes(2), Duration.ZERO, () -> Updates.at(0));
        ledger.claim("dead", false, List.of(Updates.of(SWORD, 2)), Updates.at(0), Updates.at(30), AT_MOST);

        assertThat(ledger.look(List.of(Updates.of(SWORD, 3)), Updates.at(32), AT_MOST))
                .containsExactly(new TokenLedger.Busy(Duration.ofMinutes(2)));
        assertThat(ledger.look(List.of(Updates.of(SWORD, 2)), Updates.at(32), AT_MOST))
                .containsExactly(GRANTED);
        assertThat(ledger.look(List.of(Updates.of(SWORD, 3)), Updates.at(152), AT_MOST))
                .containsExactly(GRANTED);
    }

    /** Its message came back after 23 hours, and again nobody heard how that went. */
    @Test
    void anOlderVersionWaitsADayFromTheLastTimeThatTheNewerOneMayHaveBeenAccepted() {
        TokenLedger ledger = freshLedger(Duration.ZERO);
        ledger.claim("dead", false, List.of(Updates.of(SWORD, 2)), Updates.at(0), Updates.at(30), AT_MOST);
        ledger.claim(
                "dead too",
                false,
                List.of(Updates.of(SWORD, 2)),
                Updates.at(23 * HOUR),
                Updates.at(23 * HOUR + 30),
                AT_MOST);

        assertThat(ledger.look(List.of(Updates.of(SWORD, 1)), Updates.at(25 * HOUR), AT_MOST))
                .containsExactly(new TokenLedger.Busy(Duration.ofHours(22).plusSeconds(32)));
    }

    @Test
    void thatNobodyWaitsForTheNewestAnyMoreDoesNotMeanThatNobodyWaitsForTheSecondNewest() {
        TokenLedger ledger = freshLedger(Duration.ZERO);
        ledger.claim("dead", false, List.of(Updates.of(SWORD, 3)), Updates.at(0), Updates.at(30), AT_MOST);
        assertThat(ledger.claim(
                        "dead too",
                        false,
                        List.of(Updates.of(SWORD, 2)),
                        Updates.at(25 * HOUR),
                        Updates.at(25 * HOUR + 30),
                        AT_MOST))
                .containsExactly(GRANTED);

        assertThat(ledger.look(List.of(Updates.of(SWORD, 1)), Updates.at(26 * HOUR), AT_MOST))
                .containsExactly(new TokenLedger.Busy(Duration.ofHours(23).plusSeconds(32)));
    }

    @Override
    protected TokenLedger freshLedger(Duration tokenInterval) {
        return new TableLedger(new MemoryTable(), _ -> {}, Duration.ZERO, tokenInterval, () -> Updates.at(0));
    }
}
