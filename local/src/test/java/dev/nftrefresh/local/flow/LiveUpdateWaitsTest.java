package dev.nftrefresh.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ledger.TableTokenLedger;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.ledger.TokenLedger.Accepted;
import dev.nftrefresh.ledger.TokenLedger.AlreadyAccepted;
import dev.nftrefresh.ledger.TokenLedger.NotApplied;
import dev.nftrefresh.ledger.TokenLedger.RefusedAlone;
import dev.nftrefresh.ledger.TokenLedger.RequestOutcome;
import dev.nftrefresh.ledger.TokenLedger.Superseded;
import dev.nftrefresh.ledger.TokenLedger.Unknown;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.QueueMessageReader;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateMessage.Valid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What two copies of the function record in their ledgers, and which waits follow from it. */
final class LiveUpdateWaitsTest {
    private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final RequestOutcome ACCEPTED = new Accepted();

    private final LiveUpdateWaits waits = new LiveUpdateWaits(LocalFlow.CHAIN);
    private final InMemoryTable table = new InMemoryTable();
    private final TokenLedger copy = ledger();
    private final TokenLedger otherCopy = ledger();
    private int requests;

    private TokenLedger ledger() {
        return new ObservedTokenLedger(
                new TableTokenLedger(table, _ -> {}, Duration.ofMinutes(2), Duration.ZERO, () -> START), waits);
    }

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    private static String sword(String name) {
        return FlowMessages.message(FlowMessages.token("1", name));
    }

    private static String madeAt(int seconds, String message) {
        return message.replace("\"nft_metadata\"", "\"updated_at\":\"" + at(seconds) + "\",\"nft_metadata\"");
    }

    private void queued(int seconds, String message) {
        waits.queued(message.getBytes(StandardCharsets.UTF_8), at(seconds));
    }

    /** The updates of a message that was queued then, as the function reads them. */
    private static List<TokenUpdate> updates(int seconds, String message) {
        var read = new QueueMessageReader(LocalFlow.CHAIN).read(message.getBytes(StandardCharsets.UTF_8), at(seconds));
        return ((MessageReadResult.ParsedMessage) read)
                .message().elements().stream()
                        .map(element -> ((Valid) element).update())
                        .toList();
    }

    private List<TokenLedger.ClaimResult> sent(
            TokenLedger by, int seconds, List<TokenUpdate> updates, RequestOutcome end) {
        String request = "request " + requests++;
        Instant now = at(seconds);
        List<TokenLedger.ClaimResult> claims = by.claim(request, false, updates, now, now.plusSeconds(30), AT_MOST);
        by.recordOutcome(request, end, now, AT_MOST);
        return claims;
    }

    private WaitStatistics figures() {
        return Objects.requireNonNull(waits.figures());
    }

    @Test
    void anUpdateWaitsFromTheQueueUntilItIsAccepted() {
        queued(0, sword("sharp"));
        assertThat(waits.figures()).isNull();

        sent(copy, 1, updates(0, sword("sharp")), new NotApplied(false));
        sent(copy, 2, updates(0, sword("sharp")), new Unknown(at(2), true));
        assertThat(waits.figures()).isNull();
        sent(otherCopy, 7, updates(0, sword("sharp")), ACCEPTED);

        assertThat(figures())
                .isEqualTo(new WaitStatistics(1, Duration.ofSeconds(7), Duration.ofSeconds(7), Duration.ofSeconds(7)));
    }

    @Test
    void eachUpdateOfAMessageCounts() {
        String message = FlowMessages.message(FlowMessages.token("1", "Sword"), FlowMessages.token("2", "Bow"));
        queued(0, message);

        List<TokenUpdate> both = updates(0, message);
        sent(copy, 3, both.subList(0, 1), ACCEPTED);
        sent(copy, 9, both.subList(1, 2), ACCEPTED);

        assertThat(figures())
                .isEqualTo(new WaitStatistics(2, Duration.ofSeconds(3), Duration.ofSeconds(9), Duration.ofSeconds(9)));
    }

    @Test
    void aSupersededUpdateWaitsUntilTheNewerOneIsAccepted() {
        queued(0, sword("sharp"));
        queued(2, sword("sharper"));

        sent(copy, 6, updates(2, sword("sharper")), ACCEPTED);

        assertThat(figures())
                .isEqualTo(new WaitStatistics(2, Duration.ofSeconds(4), Duration.ofSeconds(6), Duration.ofSeconds(6)));
    }

    @Test
    void anUpdateIsSupersededByANewerOneFromAFileToo() {
        queued(5, madeAt(1, sword("sharp")));

        sent(copy, 8, updates(0, madeAt(2, sword("out of a file"))), ACCEPTED);

        assertThat(figures().max()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void anOlderUpdateOfItsTokenDoesNotEndItsWait() {
        queued(5, sword("sharp"));

        sent(copy, 6, updates(0, sword("out of a file")), ACCEPTED);
        assertThat(waits.figures()).isNull();
        sent(copy, 9, updates(5, sword("sharp")), ACCEPTED);

        assertThat(figures().max()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void anUpdateOfAnotherTokenDoesNotEndItsWait() {
        queued(0, sword("sharp"));

        sent(copy, 1, updates(1, FlowMessages.message(FlowMessages.token("2", "Bow"))), ACCEPTED);
        sent(
                copy,
                1,
                updates(
                        1,
                        FlowMessages.message(FlowMessages.OTHER_COLLECTION, List.of(FlowMessages.token("1", "Sword")))),
                ACCEPTED);

        assertThat(waits.figures()).isNull();
    }

    @Test
    void anUpdateSupersededBeforeItWasQueuedDoesNotCount() {
        sent(copy, 3, updates(0, madeAt(2, sword("sharp"))), ACCEPTED);
        queued(5, madeAt(1, sword("blunt")));

        assertThat(sent(otherCopy, 6, updates(5, madeAt(1, sword("blunt"))), ACCEPTED))
                .containsExactly(new Superseded());
        sent(copy, 9, updates(9, sword("sharper")), ACCEPTED);

        assertThat(waits.figures()).isNull();
    }

    @Test
    void aSecondCopyOfAnUpdateThatWasAcceptedDoesNotCount() {
        queued(0, madeAt(0, sword("sharp")));
        sent(copy, 3, updates(0, madeAt(0, sword("sharp"))), ACCEPTED);
        queued(5, madeAt(0, sword("sharp")));

        assertThat(otherCopy.preview(updates(5, madeAt(0, sword("sharp"))), at(6), AT_MOST))
                .containsExactly(new AlreadyAccepted(false));
        sent(copy, 9, updates(9, sword("sharper")), ACCEPTED);

        assertThat(figures().count()).isEqualTo(1);
    }

    @Test
    void aRefusedUpdateDoesNotCount() {
        queued(0, sword("too sharp"));

        sent(copy, 1, updates(0, sword("too sharp")), new RefusedAlone(true));
        sent(copy, 9, updates(9, sword("sharp")), ACCEPTED);

        assertThat(waits.figures()).isNull();
    }

    @Test
    void anUpdateWhoseRefusalIsUncertainStillWaits() {
        queued(0, sword("sharp"));

        sent(copy, 1, updates(0, sword("sharp")), new RefusedAlone(false));
        sent(copy, 4, updates(0, sword("sharp")), ACCEPTED);

        assertThat(figures().max()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void anUnreadableMessageDoesNotCount() {
        queued(0, "not JSON");
        queued(0, "{}");
        queued(0, sword("Sword").replace("testnet", "mainnet"));
        queued(0, sword("Sword").replace("\"name\"", "\"nam\""));

        assertThat(waits.figures()).isNull();
    }

    @Test
    void aClockThatIsSetBackMakesNoWaitNegative() {
        queued(5, sword("sharp"));

        sent(copy, 3, updates(5, sword("sharp")), ACCEPTED);

        assertThat(figures().max()).isZero();
    }
}
