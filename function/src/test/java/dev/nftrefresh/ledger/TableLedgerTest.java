package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.table.MemoryTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableLedgerTest extends TokenLedgerContract {
    @Test
    void whatACopySentBeforeItDiedMayStillArriveAndThenUndoWhatIsNewer() {
        var ledger = new TableLedger(new MemoryTable(), _ -> {}, Duration.ofMinutes(2));
        ledger.claim("dead", List.of(Updates.of(SWORD, 2)), Updates.at(0), Updates.at(30));

        assertThat(ledger.look(List.of(Updates.of(SWORD, 3)), Updates.at(31)))
                .containsExactly(new TokenLedger.Busy(Duration.ofSeconds(119)));
        assertThat(ledger.look(List.of(Updates.of(SWORD, 2)), Updates.at(31))).containsExactly(GRANTED);
        assertThat(ledger.look(List.of(Updates.of(SWORD, 3)), Updates.at(150))).containsExactly(GRANTED);
    }

    @Override
    protected TokenLedger freshLedger() {
        return new TableLedger(new MemoryTable(), _ -> {}, Duration.ZERO);
    }
}
