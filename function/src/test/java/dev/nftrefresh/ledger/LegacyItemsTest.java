package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ledger.TokenLedger.Accepted;
import dev.nftrefresh.ledger.TokenLedger.AlreadyAccepted;
import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.ClaimResult;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenLedger.NotApplied;
import dev.nftrefresh.ledger.TokenLedger.Superseded;
import dev.nftrefresh.ledger.TokenLedger.Unknown;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.TableItem;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The version of 2026-11 (39ee2fa) runs beside this one during a deploy, and its items are still in the table. The
 * items here are exactly as it wrote them: version n of a token was made n milliseconds after 11 o'clock, and request
 * "old" claimed at noon, for 30 s.
 */
class LegacyItemsTest {
    private static final Duration AT_MOST = Duration.ofSeconds(8);
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    private static final Granted GRANTED = new Granted(0, null);
    private static final Superseded SUPERSEDED = new Superseded();
    private static final AlreadyAccepted ACCEPTED_BEFORE = new AlreadyAccepted(false);

    private static final SharedTable.ItemKey TOKEN =
            new SharedTable.ItemKey("token imtbl-zkevm-testnet/0x8a90cab2b38dba80c64b7734e58ee1db38b8992e/1", "entry");
    private static final SharedTable.ItemKey END = new SharedTable.ItemKey("request old", "end");
    private static final String CLAIMED_2 =
            "{\"claimed\":\"2026-11-23T11:00:00.002Z 0\",\"by\":\"old\",\"until\":\"2026-11-23T12:00:30Z\"}";
    private static final String CLAIMED_3_AFTER_ACCEPTED_2 =
            "{\"claimed\":\"2026-11-23T11:00:00.003Z 0\",\"by\":\"old\","
                    + "\"until\":\"2026-11-23T12:00:30Z\",\"accepted\":\"2026-11-23T11:00:00.002Z 0\"}";
    private static final String CLAIMED_2_IN_DOUBT = "{\"claimed\":\"2026-11-23T11:00:00.002Z 0\",\"by\":\"old\","
            + "\"until\":\"2026-11-23T12:00:30Z\",\"in_doubt_until\":\"2026-11-23T12:02:00Z\","
            + "\"perhaps\":\"2026-11-23T11:00:00.002Z 0\",\"perhaps_until\":\"2026-11-24T12:00:10Z\"}";

    private final InMemoryTable table = new InMemoryTable();
    private boolean endsUnread;
    private final TableTokenLedger ledger = new TableTokenLedger(
            new EndsPerhapsUnread(), _ -> {}, TWO_MINUTES, Duration.ZERO, () -> LedgerUpdates.at(0));

    private final class EndsPerhapsUnread implements SharedTable {
        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            boolean unread = endsUnread && keys.contains(END);
            return unread ? ReadResult.allUnread(keys, "Throttled.") : table.read(keys, timeout);
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) {
            return table.readPartition(partition, timeout);
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
            return table.write(writes, timeout);
        }
    }

    private void write(SharedTable.ItemKey key, String content) {
        assertThat(table.write(
                        List.of(new SharedTable.ConditionalWrite(
                                key, content(key), content, LedgerUpdates.at(45 * 24 * 3600))),
                        AT_MOST))
                .containsExactly(new SharedTable.WriteResult.Succeeded());
    }

    private @Nullable TableItem content(SharedTable.ItemKey key) {
        return table.read(List.of(key), AT_MOST).found().get(key);
    }

    private String text(SharedTable.ItemKey key) {
        return Objects.requireNonNull(content(key)).content();
    }

    private ClaimResult look(int version, int at) {
        return ledger.preview(List.of(LedgerUpdates.of("1", version)), LedgerUpdates.at(at), AT_MOST)
                .getFirst();
    }

    private ClaimResult claim(String request, int version, int at) {
        return ledger.claim(
                        request,
                        false,
                        List.of(LedgerUpdates.of("1", version)),
                        LedgerUpdates.at(at),
                        LedgerUpdates.at(at + 30),
                        AT_MOST)
                .getFirst();
    }

    private static Busy busy(int seconds) {
        return new Busy(Duration.ofSeconds(seconds));
    }

    @Test
    void anOldRequestInFlightBlocksItsToken() {
        write(TOKEN, CLAIMED_2);
        for (int version = 1; version <= 3; version++) {
            assertThat(claim("new", version, 10)).isEqualTo(busy(20));
        }
    }

    @Test
    void anUpdateThatAnOldRequestSentSupersedes() {
        write(TOKEN, CLAIMED_2);
        write(END, "{\"end\":\"accepted\"}");

        assertThat(look(1, 1)).isEqualTo(SUPERSEDED);
        assertThat(look(2, 1)).isEqualTo(ACCEPTED_BEFORE);
        assertThat(claim("new", 3, 1)).isEqualTo(GRANTED);
        ledger.recordOutcome("new", new NotApplied(false), LedgerUpdates.at(2), AT_MOST);
        assertThat(look(1, 3)).isEqualTo(SUPERSEDED);
    }

    @Test
    void aWaitingUpdateThatAnOldRequestIncludedIsKnownToItsMessage() {
        write(TOKEN, CLAIMED_2.replace("\"old\"", "\"old/riders\""));
        write(new SharedTable.ItemKey("request old/riders", "end"), "{\"end\":\"accepted\"}");

        assertThat(look(2, 1)).isEqualTo(new AlreadyAccepted(true));
    }

    @Test
    void aTokenThatAnOldRequestDidNotIncludeWasNotAccepted() {
        write(TOKEN, CLAIMED_2);
        write(END, "{\"end\":\"accepted\",\"except\":\"1 7\"}");
        assertThat(look(1, 1)).isEqualTo(GRANTED);
    }

    @Test
    void anUnappliedOldRequestBlocksNothing() {
        write(TOKEN, CLAIMED_3_AFTER_ACCEPTED_2);
        write(END, "{\"end\":\"not applied\"}");

        assertThat(look(1, 1)).isEqualTo(SUPERSEDED);
        assertThat(look(2, 1)).isEqualTo(ACCEPTED_BEFORE);
        assertThat(look(3, 1)).isEqualTo(GRANTED);
    }

    @Test
    void anOldRequestThatMayStillBeAppliedBlocksAllVersionsButItsOwn() {
        write(TOKEN, CLAIMED_2);
        write(END, "{\"end\":\"unknown\",\"until\":\"2026-11-23T12:02:00Z\"}");

        assertThat(look(2, 1)).isEqualTo(GRANTED);
        assertThat(look(3, 1)).isEqualTo(busy(121));
        assertThat(look(3, 122)).isEqualTo(GRANTED);
        assertThat(look(1, 122)).isInstanceOf(Busy.class);
    }

    @Test
    void anUncertainVersionStaysUncertain() {
        write(TOKEN, CLAIMED_2_IN_DOUBT);
        write(END, "{\"end\":\"not applied\"}");

        assertThat(look(2, 1)).isEqualTo(GRANTED);
        assertThat(look(3, 1)).isEqualTo(busy(119));
        assertThat(look(1, 120)).isEqualTo(new Busy(Duration.ofDays(1).minusSeconds(110)));
    }

    @ParameterizedTest
    @CsvSource({"31, unknown", "150, dead"})
    void takingATokenOverFromAnOldRequestWithoutAnOutcomeIsRecordedInItsItem(int at, String end) {
        write(TOKEN, CLAIMED_2);
        assertThat(look(3, 31)).isEqualTo(busy(119));
        assertThat(claim("new", 2, at)).isEqualTo(GRANTED);

        assertThat(text(END)).startsWith("{\"end\":\"" + end + "\"");
        assertThat(look(1, at + 200)).isInstanceOf(Busy.class);
    }

    /**
     * What the version of 2026-11 does when it finds its request marked dead: it reads the item, and writes it again.
     */
    @Test
    void anOldRequestAcceptedAfterItWasMarkedDeadStillCounts() {
        write(TOKEN, CLAIMED_2);
        claim("new", 2, 31);
        write(
                TOKEN,
                "{\"claimed\":\"2026-11-23T11:00:00.002Z 0\",\"by\":\"new\",\"until\":\"2026-11-23T12:01:03Z\","
                        + "\"accepted\":\"2026-11-23T11:00:00.002Z 0\"}");

        assertThat(ledger.recordOutcome("new", new NotApplied(false), LedgerUpdates.at(40), AT_MOST))
                .isTrue();
        assertThat(look(1, 41)).isEqualTo(SUPERSEDED);
        assertThat(look(2, 41)).isEqualTo(ACCEPTED_BEFORE);
    }

    /** It took the token over after the lease, and is in flight; its own item has the outcome. */
    @Test
    void anAcceptanceRecordedAfterTheOldVersionTookOverKeepsItsClaim() {
        claim("new", 2, -40);
        write(
                TOKEN,
                "{\"claimed\":\"2026-11-23T11:00:00.003Z 0\",\"by\":\"old\",\"until\":\"2026-11-23T12:00:30Z\","
                        + "\"perhaps\":\"2026-11-23T11:00:00.002Z 0\",\"perhaps_until\":\"2026-11-24T12:00:00Z\"}");
        assertThat(ledger.recordOutcome("new", new Accepted(), LedgerUpdates.at(1), AT_MOST))
                .isTrue();

        assertThat(look(2, 2)).isEqualTo(ACCEPTED_BEFORE);
        assertThat(look(4, 2)).isEqualTo(busy(28));
        write(END, "{\"end\":\"accepted\"}");
        assertThat(look(3, 3)).isEqualTo(ACCEPTED_BEFORE);
    }

    @Test
    void aTokenIsUnavailableWhileItsOldRequestsOutcomeCannotBeRead() {
        write(TOKEN, CLAIMED_2);
        endsUnread = true;
        assertThat(look(3, 200)).isEqualTo(new TokenLedger.Unavailable());
        assertThat(claim("new", 2, 200)).isEqualTo(new TokenLedger.Unavailable());
    }

    /** What the version of 2026-11 reads: these names, in these formats; it ignores the others. */
    @Test
    void theOldVersionReadsAClaimAsOneOfItsOwn() {
        claim("new", 2, 0);
        assertThat(text(TOKEN))
                .isEqualTo("{\"format\":\"2\",\"claimed\":\"2026-11-23T11:00:00.002Z 0\",\"by\":\"new\","
                        + "\"until\":\"2026-11-23T12:00:32Z\"}");
    }

    /** A lease that ended in 1970: it blocks nothing, and the accepted version supersedes. */
    @Test
    void theOldVersionReadsAnAcceptanceAsSuperseding() {
        claim("new", 2, 0);
        ledger.recordOutcome("new", new Accepted(), LedgerUpdates.at(1), AT_MOST);
        assertThat(text(TOKEN))
                .isEqualTo("{\"format\":\"2\",\"claimed\":\"2026-11-23T11:00:00.002Z 0\",\"by\":\"\","
                        + "\"until\":\"1970-01-01T00:00:00Z\",\"accepted\":\"2026-11-23T11:00:00.002Z 0\","
                        + "\"accepted_at\":\"2026-11-23T12:00:01Z\"}");
    }

    @Test
    void theOldVersionReadsAnUnknownOutcomeAsInDoubt() {
        claim("new", 2, 0);
        ledger.recordOutcome("new", new Unknown(LedgerUpdates.at(120), true), LedgerUpdates.at(1), AT_MOST);
        assertThat(text(TOKEN))
                .isEqualTo("{\"format\":\"2\",\"claimed\":\"2026-11-23T11:00:00.002Z 0\",\"by\":\"\","
                        + "\"until\":\"1970-01-01T00:00:00Z\",\"in_doubt_until\":\"2026-11-23T12:02:02Z\","
                        + "\"perhaps\":\"2026-11-23T11:00:00.002Z 0\",\"perhaps_until\":\"2026-11-24T12:00:32Z\","
                        + "\"failures\":\"1\",\"failed\":\"2026-11-23T11:00:00.002Z 0\"}");
    }

    /** All versions are newer than the one of 1970. */
    @Test
    void theOldVersionReadsAnUnappliedRequestAsBlockingNothing() {
        claim("new", 2, 0);
        ledger.recordOutcome("new", new NotApplied(false), LedgerUpdates.at(1), AT_MOST);
        assertThat(text(TOKEN))
                .isEqualTo("{\"format\":\"2\",\"claimed\":\"1970-01-01T00:00:00Z 0\",\"by\":\"\","
                        + "\"until\":\"1970-01-01T00:00:00Z\"}");
        assertThat(Instant.EPOCH).isBefore(LedgerUpdates.of("1", 1).version().time());
    }

    /** No wait could be added to such a time, and the result could not be read again. */
    @Test
    void aTimeBeyondTheSupportedRangeIsIgnored() {
        write(TOKEN, CLAIMED_2);
        write(END, "{\"end\":\"unknown\",\"until\":\"+1000000000-12-31T23:59:59.999999999Z\"}");

        assertThat(claim("new", 3, 60)).isInstanceOf(Busy.class);
        assertThat(text(TOKEN)).isEqualTo(CLAIMED_2);
    }
}
