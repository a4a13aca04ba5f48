package dev.nftrefresh.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.settled.FileTokenPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** SQS delivers twice and keeps what could not be deleted, so that an event may hold the same update many times. */
final class CopiesOfUpdatesTest {
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final int COPIES = 20;

    private final PassRunner run =
            new PassRunner(request -> request.tokenIds().contains("7") ? ScriptedApi.REFUSED : ScriptedApi.ACCEPTED);

    @Test
    void allCopiesOfAnUpdateThatIsRefusedAloneAreRejectedWithIt() {
        var queued = new QueuedUpdateBuilder(run.now());
        queued.add(QueuedUpdateBuilder.SWORDS, "1");
        for (int i = 0; i < COPIES; i++) {
            queued.addMadeAt(QueuedUpdateBuilder.SWORDS, "7", MADE);
        }

        Function<QueuedUpdate, TokenOutcome> tokenOutcomes =
                run.later(Duration.ofSeconds(1)).over(queued.updates());

        List<QueuedUpdate> updates = queued.updates();
        assertThat(tokenOutcomes.apply(updates.getFirst())).isInstanceOf(TokenOutcome.Accepted.class);
        assertThat(updates.subList(1, updates.size()))
                .allSatisfy(copy -> assertThat(tokenOutcomes.apply(copy)).isInstanceOf(TokenOutcome.Rejected.class));
        // Both together, the valid one, and the other alone.
        assertThat(run.api.requests()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void anOlderUpdateOfTheTokenIsTriedSeparately() {
        var queued = new QueuedUpdateBuilder(run.now());
        QueuedUpdate good = queued.add(QueuedUpdateBuilder.SWORDS, "1");
        QueuedUpdate newer = queued.addMadeAt(QueuedUpdateBuilder.SWORDS, "7", MADE);
        QueuedUpdate older = queued.addMadeAt(QueuedUpdateBuilder.SWORDS, "7", MADE.minusSeconds(1));

        Function<QueuedUpdate, TokenOutcome> tokenOutcomes =
                run.later(Duration.ofSeconds(1)).over(List.of(good, newer, older));

        assertThat(tokenOutcomes.apply(newer)).isInstanceOf(TokenOutcome.Rejected.class);
        assertThat(tokenOutcomes.apply(older)).isInstanceOf(TokenOutcome.Rejected.class);
        assertThat(run.api.requests()).hasSize(4);
    }

    @Test
    void onlyTheLastSentOfSeveralWaitingCopiesStaysInTheQueue() {
        var failing = new PassRunner(_ -> ScriptedApi.BROKEN);
        var queued = new QueuedUpdateBuilder(failing.now());
        QueuedUpdate last = queued.addAgedMadeAt(QueuedUpdateBuilder.SWORDS, "7", Duration.ofMinutes(1), 1, MADE);
        QueuedUpdate first = queued.addAgedMadeAt(QueuedUpdateBuilder.SWORDS, "7", Duration.ofHours(1), 9, MADE);
        QueuedUpdate older =
                queued.addAgedMadeAt(QueuedUpdateBuilder.SWORDS, "7", Duration.ZERO, 1, MADE.minusSeconds(1));

        Function<QueuedUpdate, TokenOutcome> tokenOutcomes = failing.over(queued.updates());

        assertThat(tokenOutcomes.apply(last)).isInstanceOf(TokenOutcome.Returned.class);
        assertThat(tokenOutcomes.apply(first)).isInstanceOf(TokenOutcome.Duplicate.class);
        assertThat(tokenOutcomes.apply(older)).isInstanceOf(TokenOutcome.Returned.class);
    }

    /** The message may be deleted by now, so that only its remainder is still in the queue. */
    @Test
    void theRemainderStaysWhenItsMessageIsDeliveredAgain() {
        var failing = new PassRunner(_ -> ScriptedApi.BROKEN);
        var queued = new QueuedUpdateBuilder(failing.now());
        // The remainder has the age of another message, whose rest it holds as well.
        QueuedUpdate rest = queued.addRestMadeAt(QueuedUpdateBuilder.SWORDS, "7", Duration.ofMinutes(5), MADE);
        QueuedUpdate again = queued.addAgedMadeAt(QueuedUpdateBuilder.SWORDS, "7", Duration.ofMinutes(1), 2, MADE);

        Function<QueuedUpdate, TokenOutcome> tokenOutcomes = failing.over(queued.updates());

        assertThat(tokenOutcomes.apply(rest))
                .isInstanceOfAny(TokenOutcome.Returned.class, TokenOutcome.SearchContinued.class);
        assertThat(tokenOutcomes.apply(again)).isEqualTo(new TokenOutcome.Duplicate());
    }

    @Test
    void anUpdateSentAgainDaysLaterDoesNotExpireWithTheRemainderOfTheFirst() {
        var failing = new PassRunner(_ -> ScriptedApi.BROKEN);
        var queued = new QueuedUpdateBuilder(failing.now());
        QueuedUpdate rest = queued.addRestMadeAt(QueuedUpdateBuilder.SWORDS, "7", Duration.ofDays(10), MADE);
        QueuedUpdate again = queued.addAgedMadeAt(QueuedUpdateBuilder.SWORDS, "7", Duration.ofDays(1), 1, MADE);

        Function<QueuedUpdate, TokenOutcome> tokenOutcomes = failing.over(queued.updates());

        assertThat(tokenOutcomes.apply(rest))
                .isInstanceOfAny(TokenOutcome.Returned.class, TokenOutcome.SearchContinued.class);
        assertThat(tokenOutcomes.apply(again)).isInstanceOf(TokenOutcome.Returned.class);
    }

    /** Lambda deletes a message by its id, whichever delivery was processed. */
    @Test
    void aMessageDeliveredTwiceStaysInTheQueue() {
        var failing = new PassRunner(_ -> ScriptedApi.BROKEN);
        var queued = new QueuedUpdateBuilder(failing.now());
        QueuedUpdate one = queued.add(QueuedUpdateBuilder.SWORDS, "7");
        var again = new QueuedUpdate(1, one.message(), 0, one.token());

        Function<QueuedUpdate, TokenOutcome> tokenOutcomes = failing.over(List.of(one, again));

        assertThat(tokenOutcomes.apply(one)).isInstanceOf(TokenOutcome.Returned.class);
        assertThat(tokenOutcomes.apply(again)).isInstanceOf(TokenOutcome.Returned.class);
    }

    /**
     * Two invocations may hold the same two messages, each delivered twice: neither may delete what the other keeps.
     */
    @Test
    void theSameMessageStaysInWhateverOrderTheyArrive() {
        var failing = new PassRunner(_ -> ScriptedApi.BROKEN);
        var queued = new QueuedUpdateBuilder(failing.now());
        QueuedUpdate a = queued.addMadeAt(QueuedUpdateBuilder.SWORDS, "7", MADE);
        QueuedUpdate b = queued.addMadeAt(QueuedUpdateBuilder.SWORDS, "7", MADE);
        var bFirst = new QueuedUpdate(0, b.message(), 0, b.token());
        var aSecond = new QueuedUpdate(1, a.message(), 0, a.token());

        Function<QueuedUpdate, TokenOutcome> one = failing.over(List.of(a, b));
        Function<QueuedUpdate, TokenOutcome> other = failing.over(List.of(bFirst, aSecond));

        assertThat(one.apply(a)).isEqualTo(new TokenOutcome.Duplicate());
        assertThat(one.apply(b)).isInstanceOf(TokenOutcome.Returned.class);
        assertThat(other.apply(aSecond)).isEqualTo(new TokenOutcome.Duplicate());
        assertThat(other.apply(bFirst)).isInstanceOf(TokenOutcome.Returned.class);
    }

    /** Two files, or two lines of one, may hold the same update of a token: each report counts its own. */
    @Test
    void copiesFromDifferentFilesBothStay() {
        var failing = new PassRunner(_ -> ScriptedApi.BROKEN);
        var queued = new QueuedUpdateBuilder(failing.now());
        QueuedUpdate one = queued.addMadeAt(QueuedUpdateBuilder.SWORDS, "7", MADE);
        QueuedUpdate two = queued.addMadeAt(QueuedUpdateBuilder.SWORDS, "7", MADE);
        QueuedUpdate twice = queued.addMadeAt(QueuedUpdateBuilder.SWORDS, "7", MADE);
        var ofOne = new QueuedUpdate(0, one.message(), 0, one.token(), new FileTokenPosition("one", 7));
        var ofTwo = new QueuedUpdate(1, two.message(), 0, two.token(), new FileTokenPosition("two", 7));
        var ofTwoAgain = new QueuedUpdate(2, twice.message(), 0, twice.token(), new FileTokenPosition("two", 7));

        Function<QueuedUpdate, TokenOutcome> tokenOutcomes = failing.over(List.of(ofOne, ofTwo, ofTwoAgain));

        assertThat(tokenOutcomes.apply(ofOne)).isInstanceOf(TokenOutcome.Returned.class);
        assertThat(tokenOutcomes.apply(ofTwo)).isInstanceOf(TokenOutcome.Duplicate.class);
        assertThat(tokenOutcomes.apply(ofTwoAgain)).isInstanceOf(TokenOutcome.Returned.class);
    }

    @Test
    void copiesOfAnAcceptedUpdateAreAcceptedAndOlderOnesSuperseded() {
        var accepting = new PassRunner(_ -> ScriptedApi.ACCEPTED);
        var queued = new QueuedUpdateBuilder(accepting.now());
        QueuedUpdate one = queued.addMadeAt(QueuedUpdateBuilder.SWORDS, "7", MADE);
        QueuedUpdate other = queued.addMadeAt(QueuedUpdateBuilder.SWORDS, "7", MADE);
        QueuedUpdate older = queued.addMadeAt(QueuedUpdateBuilder.SWORDS, "7", MADE.minusSeconds(1));

        Function<QueuedUpdate, TokenOutcome> tokenOutcomes = accepting.over(queued.updates());

        assertThat(List.of(tokenOutcomes.apply(one), tokenOutcomes.apply(other)))
                .containsExactlyInAnyOrder(new TokenOutcome.Accepted(), new TokenOutcome.AcceptedBefore());
        assertThat(tokenOutcomes.apply(older)).isEqualTo(new TokenOutcome.Superseded());
    }
}
