package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TableTokenLedgerTest extends TokenLedgerContract {
    private static final int HOUR = 3600;
    private static final SharedTable.ItemKey KEY =
            new SharedTable.ItemKey("token " + LedgerUpdates.of(SWORD, 1).key(), "entry");

    @Test
    void aRequestOfACrashedCopyMayStillArriveAndThenOverwriteANewerUpdate() {
        var ledger = new TableTokenLedger(
                new InMemoryTable(), _ -> {}, Duration.ofMinutes(2), Duration.ZERO, () -> LedgerUpdates.at(0));
        ledger.claim(
                "dead", false, List.of(LedgerUpdates.of(SWORD, 2)), LedgerUpdates.at(0), LedgerUpdates.at(30), AT_MOST);

        assertThat(ledger.preview(List.of(LedgerUpdates.of(SWORD, 3)), LedgerUpdates.at(32), AT_MOST))
                .containsExactly(new TokenLedger.Busy(Duration.ofMinutes(2)));
        assertThat(ledger.preview(List.of(LedgerUpdates.of(SWORD, 2)), LedgerUpdates.at(32), AT_MOST))
                .containsExactly(GRANTED);
        assertThat(ledger.preview(List.of(LedgerUpdates.of(SWORD, 3)), LedgerUpdates.at(152), AT_MOST))
                .containsExactly(GRANTED);
    }

    /** Its message returned after 23 hours, and again its answer was lost. */
    @Test
    void anOlderVersionWaitsADayFromTheLastTimeThatTheNewerOneMayHaveBeenAccepted() {
        TokenLedger ledger = freshLedger(Duration.ZERO);
        ledger.claim(
                "dead", false, List.of(LedgerUpdates.of(SWORD, 2)), LedgerUpdates.at(0), LedgerUpdates.at(30), AT_MOST);
        ledger.claim(
                "dead too",
                false,
                List.of(LedgerUpdates.of(SWORD, 2)),
                LedgerUpdates.at(23 * HOUR),
                LedgerUpdates.at(23 * HOUR + 30),
                AT_MOST);

        assertThat(ledger.preview(List.of(LedgerUpdates.of(SWORD, 1)), LedgerUpdates.at(25 * HOUR), AT_MOST))
                .containsExactly(new TokenLedger.Busy(Duration.ofHours(22).plusSeconds(32)));
    }

    @Test
    void theEndOfTheWaitForTheNewestDoesNotEndTheWaitForTheSecondNewest() {
        TokenLedger ledger = freshLedger(Duration.ZERO);
        ledger.claim(
                "dead", false, List.of(LedgerUpdates.of(SWORD, 3)), LedgerUpdates.at(0), LedgerUpdates.at(30), AT_MOST);
        assertThat(ledger.claim(
                        "dead too",
                        false,
                        List.of(LedgerUpdates.of(SWORD, 2)),
                        LedgerUpdates.at(25 * HOUR),
                        LedgerUpdates.at(25 * HOUR + 30),
                        AT_MOST))
                .containsExactly(GRANTED);

        assertThat(ledger.preview(List.of(LedgerUpdates.of(SWORD, 1)), LedgerUpdates.at(26 * HOUR), AT_MOST))
                .containsExactly(new TokenLedger.Busy(Duration.ofHours(23).plusSeconds(32)));
    }

    /** Counts how often its items were read. */
    private static final class ReadCounts implements SharedTable {
        private final SharedTable table = new InMemoryTable();
        private int items;

        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            items += keys.size();
            return table.read(keys, timeout);
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout)
                throws TableUnavailableException {
            return table.readPartition(partition, timeout);
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
            return table.write(writes, timeout);
        }
    }

    private static TokenLedger ledger(SharedTable table) {
        return new TableTokenLedger(table, _ -> {}, Duration.ZERO, Duration.ZERO, () -> LedgerUpdates.at(0));
    }

    private static List<TokenLedger.ClaimResult> claims(TokenLedger ledger, String request, int version) {
        return claims(ledger, request, version, 0);
    }

    private static List<TokenLedger.ClaimResult> claims(TokenLedger ledger, String request, int version, int at) {
        return ledger.claim(
                request,
                false,
                List.of(LedgerUpdates.of(SWORD, version)),
                LedgerUpdates.at(at),
                LedgerUpdates.at(at + 30),
                AT_MOST);
    }

    @Test
    void aTokenThatAPreviewFoundFreeIsClaimedWithoutAnotherRead() {
        var table = new ReadCounts();
        TokenLedger ledger = ledger(table);

        assertThat(ledger.preview(List.of(LedgerUpdates.of(SWORD, 1)), LedgerUpdates.at(0), AT_MOST))
                .containsExactly(GRANTED);
        assertThat(claims(ledger, "one", 1)).containsExactly(GRANTED);

        assertThat(table.items).isEqualTo(1);
    }

    @Test
    void anItemReadAMinuteAgoIsReadAgain() {
        var table = new ReadCounts();
        TokenLedger ledger = ledger(table);
        ledger.preview(List.of(LedgerUpdates.of(SWORD, 1)), LedgerUpdates.at(0), AT_MOST);

        assertThat(claims(ledger, "one", 1, 60)).containsExactly(GRANTED);

        assertThat(table.items).isEqualTo(2);
    }

    @Test
    void aClaimByAnotherCopySinceThePreviewIsDetected() {
        var table = new InMemoryTable();
        TokenLedger ledger = ledger(table);
        ledger.preview(List.of(LedgerUpdates.of(SWORD, 2)), LedgerUpdates.at(0), AT_MOST);
        assertThat(claims(ledger(table), "another's", 1)).containsExactly(GRANTED);

        assertThat(claims(ledger, "one", 2)).first().isInstanceOf(TokenLedger.Busy.class);
    }

    @Test
    void nothingIsDeniedBecauseOfAnOutdatedRead() {
        var table = new InMemoryTable();
        TokenLedger ledger = ledger(table);
        assertThat(claims(ledger, "first", 1)).containsExactly(GRANTED);
        ledger.recordOutcome("first", new TokenLedger.Accepted(), LedgerUpdates.at(1), AT_MOST);
        assertThat(ledger.preview(List.of(LedgerUpdates.of(SWORD, 2)), LedgerUpdates.at(2), AT_MOST))
                .containsExactly(GRANTED);

        // According to the item that was read, version 1 was accepted before; meanwhile it was deleted by hand.
        table.write(
                List.of(new SharedTable.ConditionalWrite(
                        KEY, table.read(List.of(KEY), AT_MOST).found().get(KEY), null, null)),
                AT_MOST);

        assertThat(claims(ledger, "one", 1)).containsExactly(GRANTED);
    }

    @Override
    protected TokenLedger freshLedger(Duration tokenInterval) {
        return new TableTokenLedger(
                new InMemoryTable(), _ -> {}, Duration.ZERO, tokenInterval, () -> LedgerUpdates.at(0));
    }
}
