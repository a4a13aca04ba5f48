package dev.nftrefresh.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.settled.FilePlace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** SQS delivers twice and keeps what could not be deleted, so that an event may hold the same update many times. */
final class CopiesOfUpdatesTest {
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final int COPIES = 20;

    private final PassRun run =
            new PassRun(request -> request.tokenIds().contains("7") ? ScriptedApi.REFUSED : ScriptedApi.ACCEPTED);

    @Test
    void allCopiesOfAnUpdateThatIsRefusedAloneAreRejectedWithIt() {
        var queued = new Queued(run.now());
        queued.add(Queued.SWORDS, "1");
        for (int i = 0; i < COPIES; i++) {
            queued.addMadeAt(Queued.SWORDS, "7", MADE);
        }

        Function<QueuedUpdate, Fate> fates = run.later(Duration.ofSeconds(1)).over(queued.updates());

        List<QueuedUpdate> updates = queued.updates();
        assertThat(fates.apply(updates.getFirst())).isInstanceOf(Fate.Accepted.class);
        assertThat(updates.subList(1, updates.size()))
                .allSatisfy(copy -> assertThat(fates.apply(copy)).isInstanceOf(Fate.Rejected.class));
        // Both together, the good one, and the other alone.
        assertThat(run.api.requests()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void anOlderUpdateOfTheTokenIsAskedForItself() {
        var queued = new Queued(run.now());
        QueuedUpdate good = queued.add(Queued.SWORDS, "1");
        QueuedUpdate newer = queued.addMadeAt(Queued.SWORDS, "7", MADE);
        QueuedUpdate older = queued.addMadeAt(Queued.SWORDS, "7", MADE.minusSeconds(1));

        Function<QueuedUpdate, Fate> fates = run.later(Duration.ofSeconds(1)).over(List.of(good, newer, older));

        assertThat(fates.apply(newer)).isInstanceOf(Fate.Rejected.class);
        assertThat(fates.apply(older)).isInstanceOf(Fate.Rejected.class);
        assertThat(run.api.requests()).hasSize(4);
    }

    @Test
    void ofCopiesThatMustWaitTheOneThatWasSentLastStaysInTheQueue() {
        var failing = new PassRun(_ -> ScriptedApi.BROKEN);
        var queued = new Queued(failing.now());
        QueuedUpdate last = queued.addAgedMadeAt(Queued.SWORDS, "7", Duration.ofMinutes(1), 1, MADE);
        QueuedUpdate first = queued.addAgedMadeAt(Queued.SWORDS, "7", Duration.ofHours(1), 9, MADE);
        QueuedUpdate older = queued.addAgedMadeAt(Queued.SWORDS, "7", Duration.ZERO, 1, MADE.minusSeconds(1));

        Function<QueuedUpdate, Fate> fates = failing.over(queued.updates());

        assertThat(fates.apply(last)).isInstanceOf(Fate.Returned.class);
        assertThat(fates.apply(first)).isInstanceOf(Fate.Duplicate.class);
        assertThat(fates.apply(older)).isInstanceOf(Fate.Returned.class);
    }

    /** The message may be gone by now, and then only the rest of it is still in the queue. */
    @Test
    void theRestOfAMessageStaysWhereTheMessageIsDeliveredAgain() {
        var failing = new PassRun(_ -> ScriptedApi.BROKEN);
        var queued = new Queued(failing.now());
        // The rest has the age of another message that it holds the rest of as well.
        QueuedUpdate rest = queued.addRestMadeAt(Queued.SWORDS, "7", Duration.ofMinutes(5), MADE);
        QueuedUpdate again = queued.addAgedMadeAt(Queued.SWORDS, "7", Duration.ofMinutes(1), 2, MADE);

        Function<QueuedUpdate, Fate> fates = failing.over(queued.updates());

        assertThat(fates.apply(rest)).isInstanceOfAny(Fate.Returned.class, Fate.SentAlone.class);
        assertThat(fates.apply(again)).isEqualTo(new Fate.Duplicate());
    }

    @Test
    void whatAProducerSendsAnewAfterDaysDoesNotExpireWithTheRestOfItsFirstMessage() {
        var failing = new PassRun(_ -> ScriptedApi.BROKEN);
        var queued = new Queued(failing.now());
        QueuedUpdate rest = queued.addRestMadeAt(Queued.SWORDS, "7", Duration.ofDays(10), MADE);
        QueuedUpdate anew = queued.addAgedMadeAt(Queued.SWORDS, "7", Duration.ofDays(1), 1, MADE);

        Function<QueuedUpdate, Fate> fates = failing.over(queued.updates());

        assertThat(fates.apply(rest)).isInstanceOfAny(Fate.Returned.class, Fate.SentAlone.class);
        assertThat(fates.apply(anew)).isInstanceOf(Fate.Returned.class);
    }

    /** Lambda deletes a message by its id, whichever delivery was done. */
    @Test
    void aMessageThatIsThereTwiceStaysInTheQueue() {
        var failing = new PassRun(_ -> ScriptedApi.BROKEN);
        var queued = new Queued(failing.now());
        QueuedUpdate one = queued.add(Queued.SWORDS, "7");
        var again = new QueuedUpdate(1, one.message(), one.token());

        Function<QueuedUpdate, Fate> fates = failing.over(List.of(one, again));

        assertThat(fates.apply(one)).isInstanceOf(Fate.Returned.class);
        assertThat(fates.apply(again)).isInstanceOf(Fate.Returned.class);
    }

    /** Two invocations may hold the same two messages, each delivered twice: what one keeps the other must not delete. */
    @Test
    void whicheverOrderTheyComeInTheSameMessageStays() {
        var failing = new PassRun(_ -> ScriptedApi.BROKEN);
        var queued = new Queued(failing.now());
        QueuedUpdate a = queued.addMadeAt(Queued.SWORDS, "7", MADE);
        QueuedUpdate b = queued.addMadeAt(Queued.SWORDS, "7", MADE);
        var bFirst = new QueuedUpdate(0, b.message(), b.token());
        var aSecond = new QueuedUpdate(1, a.message(), a.token());

        Function<QueuedUpdate, Fate> one = failing.over(List.of(a, b));
        Function<QueuedUpdate, Fate> other = failing.over(List.of(bFirst, aSecond));

        assertThat(one.apply(a)).isEqualTo(new Fate.Duplicate());
        assertThat(one.apply(b)).isInstanceOf(Fate.Returned.class);
        assertThat(other.apply(aSecond)).isEqualTo(new Fate.Duplicate());
        assertThat(other.apply(bFirst)).isInstanceOf(Fate.Returned.class);
    }

    /** Two files, or two lines of one, may say the same of a token at the same time: each report counts its own. */
    @Test
    void copiesOfDifferentFilesBothStay() {
        var failing = new PassRun(_ -> ScriptedApi.BROKEN);
        var queued = new Queued(failing.now());
        QueuedUpdate one = queued.addMadeAt(Queued.SWORDS, "7", MADE);
        QueuedUpdate two = queued.addMadeAt(Queued.SWORDS, "7", MADE);
        QueuedUpdate twice = queued.addMadeAt(Queued.SWORDS, "7", MADE);
        var ofOne = new QueuedUpdate(0, one.message(), one.token(), new FilePlace("one", 7));
        var ofTwo = new QueuedUpdate(1, two.message(), two.token(), new FilePlace("two", 7));
        var ofTwoAgain = new QueuedUpdate(2, twice.message(), twice.token(), new FilePlace("two", 7));

        Function<QueuedUpdate, Fate> fates = failing.over(List.of(ofOne, ofTwo, ofTwoAgain));

        assertThat(fates.apply(ofOne)).isInstanceOf(Fate.Returned.class);
        assertThat(fates.apply(ofTwo)).isInstanceOf(Fate.Duplicate.class);
        assertThat(fates.apply(ofTwoAgain)).isInstanceOf(Fate.Returned.class);
    }

    @Test
    void copiesOfAnAcceptedUpdateAreAcceptedAndOlderOnesSuperseded() {
        var accepting = new PassRun(_ -> ScriptedApi.ACCEPTED);
        var queued = new Queued(accepting.now());
        QueuedUpdate one = queued.addMadeAt(Queued.SWORDS, "7", MADE);
        QueuedUpdate other = queued.addMadeAt(Queued.SWORDS, "7", MADE);
        QueuedUpdate older = queued.addMadeAt(Queued.SWORDS, "7", MADE.minusSeconds(1));

        Function<QueuedUpdate, Fate> fates = accepting.over(queued.updates());

        assertThat(List.of(fates.apply(one), fates.apply(other)))
                .containsExactlyInAnyOrder(new Fate.Accepted(), new Fate.AcceptedBefore());
        assertThat(fates.apply(older)).isEqualTo(new Fate.Superseded());
    }
}
