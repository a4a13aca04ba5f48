package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.TableUnavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TableLedgerTest extends TokenLedgerContract {
    private static final int HOUR = 3600;
    private static final Table.Key KEY =
            new Table.Key("token " + Updates.of(SWORD, 1).key(), "entry");

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

    /** Hands out how often its items were read. */
    private static final class ReadCounts implements Table {
        private final Table table = new MemoryTable();
        private int items;

        @Override
        public Items read(Collection<Key> keys, Duration atMost) {
            items += keys.size();
            return table.read(keys, atMost);
        }

        @Override
        public Map<Key, Item> readPartition(String partition, Duration atMost) throws TableUnavailable {
            return table.readPartition(partition, atMost);
        }

        @Override
        public List<Written> write(List<Write> writes, Duration atMost) {
            return table.write(writes, atMost);
        }
    }

    private static TokenLedger ledger(Table table) {
        return new TableLedger(table, _ -> {}, Duration.ZERO, Duration.ZERO, () -> Updates.at(0));
    }

    private static List<TokenLedger.Claim> claims(TokenLedger ledger, String request, int version) {
        return claims(ledger, request, version, 0);
    }

    private static List<TokenLedger.Claim> claims(TokenLedger ledger, String request, int version, int at) {
        return ledger.claim(
                request, false, List.of(Updates.of(SWORD, version)), Updates.at(at), Updates.at(at + 30), AT_MOST);
    }

    @Test
    void aTokenThatCouldBeClaimedWhenSomebodyLookedIsNotReadAgainForItsClaim() {
        var table = new ReadCounts();
        TokenLedger ledger = ledger(table);

        assertThat(ledger.look(List.of(Updates.of(SWORD, 1)), Updates.at(0), AT_MOST))
                .containsExactly(GRANTED);
        assertThat(claims(ledger, "one", 1)).containsExactly(GRANTED);

        assertThat(table.items).isEqualTo(1);
    }

    @Test
    void whatSomebodySawAMinuteAgoIsReadAgain() {
        var table = new ReadCounts();
        TokenLedger ledger = ledger(table);
        ledger.look(List.of(Updates.of(SWORD, 1)), Updates.at(0), AT_MOST);

        assertThat(claims(ledger, "one", 1, 60)).containsExactly(GRANTED);

        assertThat(table.items).isEqualTo(2);
    }

    @Test
    void whatAnotherCopyClaimedSinceSomebodyLookedIsSeen() {
        var table = new MemoryTable();
        TokenLedger ledger = ledger(table);
        ledger.look(List.of(Updates.of(SWORD, 2)), Updates.at(0), AT_MOST);
        assertThat(claims(ledger(table), "another's", 1)).containsExactly(GRANTED);

        assertThat(claims(ledger, "one", 2)).first().isInstanceOf(TokenLedger.Busy.class);
    }

    @Test
    void nothingIsDeniedByWhatSomebodySawBefore() {
        var table = new MemoryTable();
        TokenLedger ledger = ledger(table);
        assertThat(claims(ledger, "first", 1)).containsExactly(GRANTED);
        ledger.ended("first", new TokenLedger.Accepted(), Updates.at(1), AT_MOST);
        assertThat(ledger.look(List.of(Updates.of(SWORD, 2)), Updates.at(2), AT_MOST))
                .containsExactly(GRANTED);

        // By the item that was seen, version 1 was accepted before; meanwhile its item was deleted by hand.
        table.write(
                List.of(new Table.Write(
                        KEY, table.read(List.of(KEY), AT_MOST).found().get(KEY), null, null)),
                AT_MOST);

        assertThat(claims(ledger, "one", 1)).containsExactly(GRANTED);
    }

    @Override
    protected TokenLedger freshLedger(Duration tokenInterval) {
        return new TableLedger(new MemoryTable(), _ -> {}, Duration.ZERO, tokenInterval, () -> Updates.at(0));
    }
}
