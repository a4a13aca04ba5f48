package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ledger.TokenLedger.Accepted;
import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.Claim;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenLedger.NotApplied;
import dev.nftrefresh.ledger.TokenLedger.Superseded;
import dev.nftrefresh.ledger.TokenLedger.Unknown;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that cannot be reached, or writes without saying so. Times are seconds after noon, leases 30 s. */
class LedgerWithTroubledTableTest {
    private static final String SWORD = "1";
    private static final String SHIELD = "2";

    private final MemoryTable inner = new MemoryTable();
    private final List<String> told = new ArrayList<>();
    private final TokenLedger ledger = new TableLedger(new Troubled(), told::add, Duration.ZERO);
    private final TokenLedger other = new TableLedger(inner, _ -> {}, Duration.ZERO);
    private boolean down;
    private Predicate<Table.Key> answerLost = _ -> false;
    private boolean writtenTwice;
    private Runnable beforeWriting = () -> {};

    private final class Troubled implements Table {
        @Override
        public Items read(Collection<Key> keys, Duration atMost) {
            if (down) {
                return Items.unread(keys, "The table is down.");
            }
            return inner.read(keys, atMost);
        }

        @Override
        public Map<Key, Item> readPartition(String partition, Duration atMost) {
            return inner.readPartition(partition, atMost);
        }

        @Override
        public List<Written> write(List<Write> writes, Duration atMost) {
            if (down) {
                return writes.stream()
                        .<Written>map(_ -> new Written.Failed("The table is down."))
                        .toList();
            }
            beforeWriting.run();
            var written = new ArrayList<>(inner.write(writes, atMost));
            for (int i = 0; i < writes.size(); i++) {
                if (answerLost.test(writes.get(i).key())) {
                    written.set(i, new Written.Failed("No answer."));
                }
            }
            return writtenTwice ? inner.write(writes, atMost) : written;
        }
    }

    private static List<Claim> claim(TokenLedger ledger, String request, int at, int version, String... tokens) {
        return ledger.claim(
                request,
                List.of(tokens).stream()
                        .map(token -> Updates.of(token, version))
                        .toList(),
                Updates.at(at),
                Updates.at(at + 30));
    }

    @Test
    void nothingIsGrantedWhileTheTableIsDown() {
        down = true;
        assertThat(claim(ledger, "a", 0, 1, SWORD)).hasOnlyElementsOfType(Busy.class);
        down = false;
        assertThat(claim(ledger, "b", 1, 1, SWORD)).containsExactly(new Granted());
    }

    @Test
    void aTokenWhoseClaimIsInDoubtDoesNotRideAndIsNotTakenForAccepted() {
        answerLost = key -> key.partition().endsWith("/" + SWORD);
        assertThat(claim(ledger, "a", 0, 2, SWORD, SHIELD))
                .satisfiesExactly(
                        sword -> assertThat(sword).isInstanceOf(Busy.class),
                        shield -> assertThat(shield).isEqualTo(new Granted()));
        answerLost = _ -> false;
        ledger.ended("a", new Accepted());

        assertThat(claim(other, "b", 1, 1, SWORD, SHIELD)).containsExactly(new Granted(), new Superseded());
        assertThat(claim(ledger, "c", 40, 2, SWORD)).containsExactly(new Granted());
    }

    @Test
    void aClaimThatTheClientWroteTwiceIsGranted() {
        writtenTwice = true;
        assertThat(claim(ledger, "a", 0, 1, SWORD)).containsExactly(new Granted());
    }

    /** Somebody else claims the shield first, and then the table is away, so that nobody can say by whom it is held. */
    @Test
    void whatWasClaimedBeforeTheTableWentDownRidesWithItsRequest() {
        claim(ledger, "a", 0, 2, "3");
        beforeWriting = () -> {
            claim(other, "b", 0, 2, SHIELD);
            down = true;
        };
        assertThat(claim(ledger, "a", 0, 2, SWORD, SHIELD))
                .satisfiesExactly(
                        sword -> assertThat(sword).isEqualTo(new Granted()),
                        shield -> assertThat(shield).isInstanceOf(Busy.class));
        beforeWriting = () -> {};
        down = false;
        ledger.ended("a", new Accepted());
        other.ended("b", new NotApplied());

        assertThat(claim(other, "c", 1, 2, SHIELD)).containsExactly(new Granted());
    }

    @Test
    void whatItsOwnFirstWriteClaimedIsGrantedThoughTheTableIsDownBeforeAnotherLook() {
        beforeWriting = () -> down = true;
        writtenTwice = true;
        assertThat(claim(ledger, "a", 0, 1, SWORD)).containsExactly(new Granted());
    }

    @Test
    void howARequestEndedIsWrittenBeforeAnythingElseIsClaimed() {
        claim(ledger, "a", 0, 2, SWORD);
        down = true;
        ledger.ended("a", new Accepted());
        assertThat(claim(ledger, "b", 1, 1, SWORD)).hasOnlyElementsOfType(Busy.class);
        down = false;

        assertThat(claim(ledger, "c", 2, 1, SHIELD)).containsExactly(new Granted());
        assertThat(claim(other, "d", 3, 1, SWORD)).containsExactly(new Superseded());
    }

    @Test
    void anEndThatWasWrittenAlthoughItsAnswerWasLostIsNoMatter() {
        claim(ledger, "a", 0, 2, SWORD);
        answerLost = key -> key.partition().startsWith("request");
        ledger.ended("a", new NotApplied());
        answerLost = _ -> false;

        assertThat(claim(other, "b", 1, 1, SWORD)).containsExactly(new Granted());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no notes",
                "{}",
                "{\"claimed\":\"yesterday\",\"by\":\"a\",\"until\":\"2026-11-23T12:00:00Z\"}",
                "{\"claimed\":\"2026-11-23T12:00:00Z xyz\",\"by\":\"a\",\"until\":\"2026-11-23T12:00:00Z\"}"
            })
    void aTokenWhoseItemNobodyCanReadWaitsAndTheOthersOfItsRequestRide(String content) {
        inner.write(
                List.of(new Table.Write(Looked.key(Updates.of(SWORD, 1)), null, content, Updates.at(0))),
                Duration.ofSeconds(1));

        assertThat(claim(ledger, "a", 0, 1, SWORD, SHIELD))
                .containsExactly(new Busy(Duration.ofMinutes(15)), new Granted());
        assertThat(told).singleElement().asString().contains("cannot be read", "/" + SWORD);
    }

    @Test
    void anEndThatNobodyCanReadIsAsIfNothingWasHeard() {
        claim(ledger, "a", 0, 2, SWORD);
        inner.write(
                List.of(new Table.Write(
                        new Table.Key("request a", "end"),
                        null,
                        "{\"end\":\"unknown\",\"until\":\"soon\"}",
                        Updates.at(0))),
                Duration.ofSeconds(1));

        assertThat(claim(ledger, "b", 40, 1, SWORD)).hasOnlyElementsOfType(Busy.class);
        assertThat(claim(ledger, "c", 40, 2, SWORD)).containsExactly(new Granted());
    }

    /** Its lease was over before that of the one that was faster, and of which nobody heard. */
    @Test
    void whoIsSlowToClaimTheSameVersionDoesNotShortenTheWaitOfOlderOnes() {
        beforeWriting = () -> {
            beforeWriting = () -> {};
            claim(other, "faster", 9, 2, SWORD);
            other.ended("faster", new Unknown(Updates.at(49)));
        };
        assertThat(claim(ledger, "slow", 0, 2, SWORD)).containsExactly(new Granted());

        assertThat(claim(ledger, "older", 24 * 3600 + 30, 1, SWORD)).containsExactly(new Busy(Duration.ofSeconds(9)));
    }
}
