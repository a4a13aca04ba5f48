package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ledger.TokenLedger.Accepted;
import dev.nftrefresh.ledger.TokenLedger.AlreadyAccepted;
import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.ClaimResult;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenLedger.NotApplied;
import dev.nftrefresh.ledger.TokenLedger.RequestOutcome;
import dev.nftrefresh.ledger.TokenLedger.Superseded;
import dev.nftrefresh.ledger.TokenLedger.Unavailable;
import dev.nftrefresh.ledger.TokenLedger.Unknown;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that cannot be reached, is slow, or writes without an answer. Times are seconds after noon, leases 30 s. */
class LedgerWithFailingTableTest {
    private static final String SWORD = "1";
    private static final String SHIELD = "2";
    private static final Duration AT_MOST = Duration.ofSeconds(8);
    private static final Unavailable TRY_LATER = new Unavailable();

    private final InMemoryTable inner = new InMemoryTable();
    private final List<String> reported = new ArrayList<>();
    private final TokenLedger ledger = new TableTokenLedger(
            new FailingTable(), reported::add, Duration.ZERO, Duration.ZERO, () -> LedgerUpdates.at(passed()));
    private final TokenLedger other =
            new TableTokenLedger(inner, _ -> {}, Duration.ZERO, Duration.ZERO, () -> LedgerUpdates.at(0));
    private boolean down;
    private Predicate<SharedTable.ItemKey> unreadable = LedgerWithFailingTableTest::none;
    private Predicate<SharedTable.ItemKey> unwritable = LedgerWithFailingTableTest::none;
    private Predicate<SharedTable.ItemKey> answerLost = LedgerWithFailingTableTest::none;
    private boolean writtenTwice;
    private Runnable beforeWriting = () -> {};
    private int aCallTakes;
    private int passed;
    private final List<Duration> timeouts = new ArrayList<>();
    private final List<@Nullable Instant> expiries = new ArrayList<>();

    private int passed() {
        return passed;
    }

    private final class FailingTable implements SharedTable {
        private void called(Duration timeout) {
            timeouts.add(timeout);
            passed += aCallTakes;
        }

        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            called(timeout);
            Set<ItemKey> unread = keys.stream()
                    .filter(down ? LedgerWithFailingTableTest::all : unreadable)
                    .collect(Collectors.toSet());
            var found = new HashMap<>(inner.read(keys, timeout).found());
            found.keySet().removeAll(unread);
            return new ReadResult(found, unread, unread.isEmpty() ? "" : "The table is down.");
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) {
            return inner.readPartition(partition, timeout);
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
            called(timeout);
            beforeWriting.run();
            var written = new ArrayList<WriteResult>();
            for (ConditionalWrite write : writes) {
                expiries.add(write.expires());
                written.add(written(write, timeout));
            }
            return written;
        }

        private WriteResult written(ConditionalWrite write, Duration timeout) {
            if (down || unwritable.test(write.key())) {
                return new WriteResult.Failed("The table is down.");
            }
            WriteResult written = inner.write(List.of(write), timeout).getFirst();
            if (writtenTwice) {
                written = inner.write(List.of(write), timeout).getFirst();
            }
            boolean lost = answerLost.test(write.key()) && written instanceof WriteResult.Succeeded;
            return lost ? new WriteResult.Failed("No answer.") : written;
        }
    }

    private static List<ClaimResult> claim(TokenLedger ledger, String request, int at, int version, String... tokens) {
        return ledger.claim(
                request,
                false,
                List.of(tokens).stream()
                        .map(token -> LedgerUpdates.of(token, version))
                        .toList(),
                LedgerUpdates.at(at),
                LedgerUpdates.at(at + 30),
                AT_MOST);
    }

    private static boolean ended(TokenLedger ledger, String request, RequestOutcome end, int at) {
        return ledger.recordOutcome(request, end, LedgerUpdates.at(at), AT_MOST);
    }

    @Test
    void nothingIsGrantedWhileTheTableIsDown() {
        down = true;
        assertThat(claim(ledger, "a", 0, 1, SWORD)).containsExactly(TRY_LATER);
        down = false;
        assertThat(claim(ledger, "b", 1, 1, SWORD)).containsExactly(new Granted(0, null));
    }

    @Test
    void anUnreadTokenIsBusyAndTheOthersAreSent() {
        unreadable = LedgerWithFailingTableTest::isOfSword;
        assertThat(claim(ledger, "a", 0, 1, SWORD, SHIELD)).containsExactly(TRY_LATER, new Granted(0, null));
        assertThat(ledger.preview(
                        List.of(LedgerUpdates.of(SWORD, 1), LedgerUpdates.of("3", 1)), LedgerUpdates.at(0), AT_MOST))
                .containsExactly(TRY_LATER, new Granted(0, null));
    }

    @Test
    void aTokenWhoseClaimIsUncertainIsNotSentAndDoesNotCountAsAccepted() {
        unwritable = LedgerWithFailingTableTest::isOfSword;
        assertThat(claim(ledger, "a", 0, 2, SWORD, SHIELD)).containsExactly(TRY_LATER, new Granted(0, null));
        unwritable = LedgerWithFailingTableTest::none;
        assertThat(ended(ledger, "a", new Accepted(), 0)).isTrue();

        assertThat(claim(other, "b", 1, 1, SWORD, SHIELD)).containsExactly(new Granted(0, null), new Superseded());
        assertThat(claim(ledger, "c", 40, 2, SWORD)).containsExactly(new Granted(0, null));
    }

    /** Its last write succeeded, and the time was up before that could be read. */
    @Test
    void aTokenWhoseClaimIsUncertainIsReleasedWhenItsRequestEnds() {
        answerLost = LedgerWithFailingTableTest::isOfSword;
        aCallTakes = 4;
        assertThat(claim(ledger, "a", 0, 2, SWORD, SHIELD)).containsExactly(TRY_LATER, new Granted(0, null));
        answerLost = LedgerWithFailingTableTest::none;
        aCallTakes = 0;
        assertThat(claim(other, "b", 1, 3, SWORD)).containsExactly(new Busy(Duration.ofSeconds(31)));
        assertThat(ended(ledger, "a", new Accepted(), 2)).isTrue();

        assertThat(claim(other, "c", 3, 1, SWORD, SHIELD)).containsExactly(new Granted(0, null), new Superseded());
    }

    /** Written again, it conflicts with what was written, and that is its own claim. */
    @Test
    void aClaimWhoseAnswerWasLostIsFoundWhenItIsWrittenAgain() {
        answerLost = LedgerWithFailingTableTest::all;
        assertThat(claim(ledger, "a", 0, 2, SWORD)).containsExactly(new Granted(0, null));
    }

    @Test
    void aClaimThatTheClientWroteTwiceIsGranted() {
        writtenTwice = true;
        assertThat(claim(ledger, "a", 0, 1, SWORD)).containsExactly(new Granted(0, null));
    }

    /** Another request claims the shield first, and then the table cannot be reached. */
    @Test
    void tokensClaimedBeforeTheTableFailedAreSentWithTheirRequest() {
        beforeWriting = () -> {
            beforeWriting = () -> down = true;
            claim(other, "b", 0, 2, SHIELD);
        };
        assertThat(claim(ledger, "a", 0, 2, SWORD, SHIELD))
                .satisfiesExactly(
                        sword -> assertThat(sword).isEqualTo(new Granted(0, null)),
                        shield -> assertThat(shield).isInstanceOf(Busy.class));
        beforeWriting = () -> {};
        down = false;
        assertThat(ended(ledger, "a", new Accepted(), 0)).isTrue();
        assertThat(ended(other, "b", new NotApplied(false), 0)).isTrue();

        assertThat(claim(other, "c", 1, 2, SHIELD)).containsExactly(new Granted(0, null));
    }

    @Test
    void anAcceptanceThatCouldNotBeWrittenIsNotDurableAndItsUpdateIsSentAgain() {
        claim(ledger, "a", 0, 2, SWORD);
        down = true;
        assertThat(ended(ledger, "a", new Accepted(), 1)).isFalse();
        down = false;

        assertThat(claim(other, "older", 32, 1, SWORD)).containsExactly(new Busy(Duration.ofDays(1)));
        assertThat(claim(other, "again", 32, 2, SWORD)).containsExactly(new Granted(0, null));
        assertThat(ended(other, "again", new Accepted(), 33)).isTrue();
        assertThat(claim(ledger, "older", 34, 1, SWORD)).containsExactly(new Superseded());
    }

    @Test
    void anAcceptanceIsNotDurableIfOneTokenCouldNotBeWritten() {
        claim(ledger, "a", 0, 2, SWORD, SHIELD);
        unwritable = LedgerWithFailingTableTest::isOfSword;
        assertThat(ended(ledger, "a", new Accepted(), 1)).isFalse();

        assertThat(claim(other, "b", 32, 2, SWORD, SHIELD))
                .containsExactly(new Granted(0, null), new AlreadyAccepted(false));
    }

    @Test
    void anAcceptanceOfATokenWhoseItemBecameUnreadableIsNotDurable() {
        claim(ledger, "a", 0, 2, SWORD);
        SharedTable.ItemKey key = key();
        SharedTable.TableItem item = inner.read(List.of(key), AT_MOST).found().get(key);
        inner.write(List.of(new SharedTable.ConditionalWrite(key, item, "{}", null)), AT_MOST);

        assertThat(ended(ledger, "a", new Accepted(), 1)).isFalse();
        assertThat(reported).hasSize(1);
    }

    @Test
    void anOutcomeThatWasWrittenAlthoughItsAnswerWasLostIsDurableAndCountsOnce() {
        claim(ledger, "a", 0, 2, SWORD);
        answerLost = LedgerWithFailingTableTest::all;
        assertThat(ended(ledger, "a", new NotApplied(true), 1)).isTrue();

        assertThat(claim(other, "b", 1, 2, SWORD)).containsExactly(new Granted(1, null));
    }

    @Test
    void allCallsOfAClaimShareTheTimeOfItsCaller() {
        aCallTakes = 3;
        assertThat(claim(ledger, "a", 0, 1, SWORD)).containsExactly(new Granted(0, null));
        assertThat(timeouts).containsExactly(Duration.ofSeconds(8), Duration.ofSeconds(5));
    }

    @Test
    void nothingIsCalledOnceTheTimeIsUp() {
        aCallTakes = 8;
        assertThat(claim(ledger, "a", 0, 1, SWORD)).containsExactly(TRY_LATER);
        assertThat(timeouts).containsExactly(Duration.ofSeconds(8));
    }

    @Test
    void anOutcomeIsWrittenWithinTheTimeOfItsCaller() {
        claim(ledger, "a", 0, 1, SWORD);
        timeouts.clear();
        unwritable = LedgerWithFailingTableTest::all;
        aCallTakes = 3;
        assertThat(ended(ledger, "a", new Accepted(), 1)).isFalse();
        assertThat(timeouts).containsExactly(Duration.ofSeconds(8), Duration.ofSeconds(5), Duration.ofSeconds(2));
    }

    @Test
    void noItemOfATokenExpires() {
        claim(ledger, "a", 0, 2, SWORD);
        ended(ledger, "a", new Accepted(), 1);
        claim(ledger, "b", 2, 3, SWORD);
        ended(ledger, "b", new Unknown(LedgerUpdates.at(120), true), 3);

        assertThat(expiries).hasSize(4).containsOnlyNulls();
    }

    private static SharedTable.ItemKey key() {
        return new SharedTable.ItemKey("token " + LedgerUpdates.of(SWORD, 1).key(), "entry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no notes",
                "{}",
                "{\"claimed\":\"yesterday\",\"by\":\"a\",\"until\":\"2026-11-23T12:00:00Z\"}",
                "{\"claimed\":\"2026-11-23T12:00:00Z xyz\",\"by\":\"a\",\"until\":\"2026-11-23T12:00:00Z\"}",
                "{\"claimed\":\"2026-11-23T12:00:00Z 0\",\"by\":\"a\",\"until\":\"+12026-11-23T12:00:00Z\"}",
                "{\"claimed\":\"2026-11-23T12:00:00Z 0\",\"by\":\"a\",\"until\":\"2026-11-23T12:00:00Z\",\"failures\":\"x\"}",
                "{\"claimed\":\"2026-11-23T12:00:00Z 0\",\"by\":\"a\",\"until\":\"2026-11-23T12:00:00Z\",\"failures\":\"9999999999\"}",
                "{\"format\":\"1\",\"claimed\":\"2026-11-23T12:00:00Z 0\",\"by\":\"a\",\"until\":\"2026-11-23T12:00:00Z\"}",
                "{\"format\":\"2x\",\"claimed\":\"2026-11-23T12:00:00Z 0\",\"by\":\"a\",\"until\":\"2026-11-23T12:00:00Z\"}"
            })
    void aTokenWithAnUnreadableItemWaitsAndTheOthersOfItsRequestAreSent(String content) {
        assertThat(reportedForAnUnreadableSword(content))
                .singleElement()
                .asString()
                .startsWith("1 of 2 items cannot be read")
                .contains("/" + SWORD, "Deleting one forgets");
    }

    /** What is reported for a claim of two tokens, while the item of one of them is this. */
    private List<String> reportedForAnUnreadableSword(String content) {
        inner.write(List.of(new SharedTable.ConditionalWrite(key(), null, content, null)), AT_MOST);

        assertThat(claim(ledger, "a", 0, 1, SWORD, SHIELD))
                .containsExactly(new Busy(Duration.ofMinutes(15)), new Granted(0, null));
        return reported;
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "9", "10", "42"})
    void anItemOfANewerReleaseWaitsForThatReleaseAndNoLogLineSaysToDeleteIt(String format) {
        String content = "{\"format\":\"" + format + "\",\"anything\":\"else\"}";
        assertThat(reportedForAnUnreadableSword(content))
                .singleElement()
                .asString()
                .startsWith("1 of 2 items were written by a newer release")
                .endsWith("deploy that release.")
                .doesNotContain("delete");
    }

    @Test
    void manyUnreadableItemsMakeOneLogLine() {
        String[] tokens = IntStream.range(0, 250).mapToObj(Integer::toString).toArray(String[]::new);
        for (String token : tokens) {
            SharedTable.ItemKey key = new SharedTable.ItemKey(
                    "token " + LedgerUpdates.of(token, 1).key(), "entry");
            inner.write(List.of(new SharedTable.ConditionalWrite(key, null, "{\"format\":\"3\"}", null)), AT_MOST);
        }

        claim(ledger, "a", 0, 1, tokens);

        assertThat(reported).singleElement().asString().startsWith("250 of 250 items");
    }

    /** Its lease was over before that of the faster one, whose answer was lost. */
    @Test
    void aLateClaimOfTheSameVersionDoesNotShortenTheWaitOfOlderOnes() {
        beforeWriting = () -> {
            beforeWriting = () -> {};
            claim(other, "faster", 9, 2, SWORD);
            ended(other, "faster", new Unknown(LedgerUpdates.at(49), false), 40);
        };
        assertThat(claim(ledger, "slow", 0, 2, SWORD)).containsExactly(new Granted(0, null));

        assertThat(claim(ledger, "older", 24 * 3600 + 32, 1, SWORD)).containsExactly(new Busy(Duration.ofSeconds(9)));
    }

    private static boolean isOfSword(SharedTable.ItemKey key) {
        return key.partition().endsWith("/" + SWORD);
    }

    private static boolean none(SharedTable.ItemKey key) {
        return false;
    }

    private static boolean all(SharedTable.ItemKey key) {
        return true;
    }
}
