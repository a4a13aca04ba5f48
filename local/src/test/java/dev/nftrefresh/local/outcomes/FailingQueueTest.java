package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.InjectedFault;
import dev.nftrefresh.local.api.StandInSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQS's own calls fail, in part or as a whole: a message stays until all that was made of it is safe. */
final class FailingQueueTest extends SandboxTest {
    /** As often as SQS is asked before a call is taken to have failed. */
    private static final int TRIES = 3;

    private static final int ALWAYS = Integer.MAX_VALUE;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileADeadLetterCannotBeSentItsMessageStays(boolean senderFault) {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        int tries = senderFault ? 1 : 3;
        sandbox.queues()
                .faults()
                .failEntries("SendMessageBatch", tries, senderFault, entry -> entry.contains("nonsense"));
        sandbox.send("nonsense 1", "rubbish", ProducerMessages.message(ProducerMessages.token(1)));
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(sandbox.deadLetters()).extracting(DeadLetter::body).containsExactly("rubbish");
        assertThat(sandbox.depth().total()).isEqualTo(1);
        sandbox.drainSkippingWaits();
        assertThat(sandbox.deadLetters()).extracting(DeadLetter::body).containsExactly("rubbish", "nonsense 1");
        assertThat(acceptedIds(sandbox)).containsExactly("1");
    }

    @Test
    void anEntryThatFailsThroughNoFaultOfOursIsTriedAgainAtOnce() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.queues().faults().failEntries("SendMessageBatch", 2, false);
        sandbox.send("nonsense");

        sandbox.drain();

        assertThat(sandbox.deadLetters()).hasSize(1);
        assertThat(sandbox.tally().receives()).isEqualTo(1);
    }

    @Test
    void nothingIsLostWhileSqsAcceptsNoMessage() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.send("nonsense", ProducerMessages.message(ProducerMessages.token("x1"), ProducerMessages.token(2)));
        sandbox.queues().faults().failCalls("SendMessageBatch", 2 * TRIES);
        sandbox.start();
        sandbox.untilInvoked(1);
        assertThat(sandbox.depth().total()).isEqualTo(2);

        sandbox.drainSkippingWaits();

        assertThat(sandbox.deadLetters()).hasSize(2);
        assertThat(acceptedIds(sandbox)).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileARemainderCannotBeSentItsMessageStaysAndNothingIsSentTwice(boolean senderFault) {
        LocalSandbox sandbox = sandbox(
                SandboxSettings.USUAL.withCopies(1).withStandIn(StandInSettings.perWindow(1, Duration.ofMinutes(10))));
        sandbox.queues()
                .faults()
                .failEntries(
                        "SendMessageBatch", senderFault ? 1 : 3, senderFault, entry -> entry.contains("FirstSentAt"));
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 400)));
        sandbox.start();
        sandbox.untilInvoked(1);
        assertThat(sandbox.depth().inFlight()).isEqualTo(1);
        assertThat(sandbox.depth().delayed()).isZero();

        sandbox.drainSkippingWaits(Duration.ofSeconds(10));

        assertThat(acceptedIds(sandbox)).hasSize(400).doesNotHaveDuplicates();
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void aWaitThatFailedInPartIsSetAgain() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1).withBatchingWindow(Duration.ofSeconds(1)));
        sandbox.queues().faults().failEntries("ChangeMessageVisibilityBatch", 7, false);
        sandbox.api().faults().next(new InjectedFault.ErrorResponse(429, Map.of("retry-after", "1000"), ""));
        ProducerMessages.tokens(0, 25).forEach(token -> sandbox.send(ProducerMessages.message(token)));
        sandbox.start();
        sandbox.untilInvoked(1);
        sandbox.stop();

        assertThat(sandbox.tally().batchItemFailures()).isEqualTo(25);
        // The queue's own timeout is long over, the wait is not.
        sandbox.advance(Duration.ofMinutes(15));
        assertThat(sandbox.depth().visible()).isZero();
        sandbox.drainSkippingWaits();
        assertThat(acceptedIds(sandbox)).hasSize(25);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWaitThatCannotBeSetIsStillReportedAsFailed(boolean senderFault) {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.queues().faults().failEntries("ChangeMessageVisibilityBatch", ALWAYS, senderFault);
        sandbox.api().faults().next(InjectedFault.serverError());
        sandbox.send(
                ProducerMessages.message(ProducerMessages.token(1)),
                ProducerMessages.message(ProducerMessages.token(2)));
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(sandbox.tally().batchItemFailures()).isEqualTo(2);
        assertThat(sandbox.depth().inFlight()).isEqualTo(2);
        assertThat(sandbox.log()).contains("could not be set");
        sandbox.drainSkippingWaits();
        assertThat(acceptedIds(sandbox)).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void aWaitWhoseCallFailsAsAWholeIsStillReportedAsFailed() {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.queues().faults().failCalls("ChangeMessageVisibilityBatch", 2);
        sandbox.api().faults().next(InjectedFault.serverError());
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(sandbox.tally().batchItemFailures()).isEqualTo(1);
        assertThat(sandbox.depth().inFlight()).isEqualTo(1);
        sandbox.drainSkippingWaits();
        assertThat(acceptedIds(sandbox)).containsExactly("1");
    }

    @Test
    void aMessageThatCouldNotBeDeletedReturnsAndIsNotSentAgain() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.queues().faults().failEntries("DeleteMessageBatch", 100, true);
        List<String> ids = IntStream.range(0, 20).mapToObj(String::valueOf).toList();
        ids.forEach(id -> sandbox.send(ProducerMessages.message(ProducerMessages.token(id))));

        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).hasSize(20);
        assertThat(new HashSet<>(acceptedIds(sandbox))).isEqualTo(new HashSet<>(ids));
        assertThat(sandbox.tally().receives()).isGreaterThan(20);
    }
}
