package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.InjectedFault;
import dev.nftrefresh.telemetry.RefreshMetrics.TokenOutcomeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An older update never overwrites a newer one, and only what was accepted supersedes. */
final class SupersededTokenTest extends SandboxTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static String madeAt(int second, Object id) {
        return ProducerMessages.messageMadeAt(
                NOON.plusSeconds(second), ProducerMessages.token(id, "made at " + second));
    }

    private static String body(int second, Object id) {
        return ProducerMessages.requestBody(ProducerMessages.token(id, "made at " + second));
    }

    @Test
    void onlyTheNewestOfSeveralUpdatesInOneEventIsSent() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.send(madeAt(2, 1), madeAt(5, 1), madeAt(1, 1), madeAt(4, 1));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(body(5, 1));
        assertThat(sandbox.requests()).hasSize(1);
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.SUPERSEDED)).isEqualTo(3);
    }

    @Test
    void anOlderUpdateInALaterEventIsSuperseded() {
        LocalSandbox sandbox = sandbox();
        sandbox.send(madeAt(5, 1));
        sandbox.drain();
        sandbox.send(madeAt(4, 1));
        sandbox.drain();
        sandbox.send(madeAt(6, 1));
        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(body(5, 1), body(6, 1));
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void aTokenIsTheSameWhateverTheLettersOfItsAddressAndItsLeadingZeros() {
        LocalSandbox sandbox = sandbox();
        sandbox.send(madeAt(5, 7));
        sandbox.drain();
        sandbox.send(madeAt(4, "007").replace(ProducerMessages.SWORDS, "0x8A90CAB2b38dba80c64b7734e58ee1db38b8992E"));
        sandbox.drain();

        assertThat(sandbox.requests()).hasSize(1);
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.SUPERSEDED)).isEqualTo(1);
    }

    @Test
    void theSameIdInAnotherCollectionIsAnotherToken() {
        LocalSandbox sandbox = sandbox();
        sandbox.send(madeAt(5, 7));
        sandbox.drain();
        sandbox.send(madeAt(4, 7).replace(ProducerMessages.SWORDS, ProducerMessages.SHIELDS));
        sandbox.drain();

        assertThat(acceptedIds(sandbox)).containsExactly("7", "7");
    }

    @Test
    void theLaterPlaceOfATokenTwiceInAMessageIsNewer() {
        LocalSandbox sandbox = sandbox();
        sandbox.send(ProducerMessages.messageMadeAt(
                NOON,
                ProducerMessages.token(1, "zzz"),
                ProducerMessages.token(2),
                ProducerMessages.token(1, "aaa"),
                ProducerMessages.token(1, "mmm")));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox))
                .containsExactly(
                        ProducerMessages.requestBody(ProducerMessages.token(2), ProducerMessages.token(1, "mmm")));
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.SUPERSEDED)).isEqualTo(2);
    }

    @Test
    void withoutAProducersTimeTheLaterSentIsNewer() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1, "first")));
        sandbox.advance(Duration.ofMillis(5));
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1, "second")));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox))
                .containsExactly(ProducerMessages.requestBody(ProducerMessages.token(1, "second")));
    }

    @Test
    void aTokensOwnTimeOverridesItsMessages() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        String own = ",\"updated_at\":\"" + NOON.plusSeconds(9) + "\"}";
        sandbox.send(
                madeAt(5, 1),
                ProducerMessages.messageMadeAt(
                        NOON, ProducerMessages.token(1, "own time").replace("}", own)));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox))
                .containsExactly(ProducerMessages.requestBody(ProducerMessages.token(1, "own time")));
    }

    @Test
    void theOlderUpdateIsSentIfTheNewerIsRefused() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api()
                .faults()
                .whenever(request -> request.body().contains("made at 9"), InjectedFault.validationError());
        sandbox.send(madeAt(3, 1), madeAt(9, 1), madeAt(5, 1));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(body(5, 1));
        assertThat(sandbox.deadLetters()).hasSize(1).allSatisfy(letter -> {
            assertThat(letter.reason()).isEqualTo("REFUSED_BY_API");
            assertThat(letter.body()).contains("made at 9");
        });
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.SUPERSEDED)).isEqualTo(1);
    }

    @Test
    void aRefusedUpdateSupersedesNothingInLaterEvents() {
        LocalSandbox sandbox = sandbox();
        sandbox.api()
                .faults()
                .whenever(request -> request.body().contains("made at 9"), InjectedFault.validationError());
        sandbox.send(madeAt(9, 1));
        sandbox.drain();
        sandbox.send(madeAt(5, 1));
        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(body(5, 1));
    }

    @Test
    void copiesNeverSendTwoUpdatesOfOneTokenAtOnce() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(2));
        // An answer first: without one the rate limiter grants one request at a time anyway.
        sandbox.send(madeAt(1, 2));
        sandbox.drain();
        sandbox.api().faults().next(InjectedFault.hang());
        sandbox.send(madeAt(5, 1));
        sandbox.until(
                "the older update is with the API", () -> sandbox.requests().size() == 2);

        sandbox.send(madeAt(6, 1));
        sandbox.untilInvoked(2);
        assertThat(sandbox.requests()).hasSize(2);
        sandbox.api().faults().release();
        sandbox.drainSkippingWaits();

        assertThat(acceptedBodies(sandbox)).last().isEqualTo(body(6, 1));
    }

    @Test
    void aNewerUpdateWaitsUntilTheUnknownEndOfAnOlderOneIsOver() {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().next(2, new InjectedFault.ConnectionClosed(false));
        sandbox.send(madeAt(5, 1));
        sandbox.start();
        sandbox.untilInvoked(1);
        sandbox.send(madeAt(6, 1));
        sandbox.untilInvoked(2);
        assertThat(acceptedIds(sandbox)).isEmpty();

        sandbox.drainSkippingWaits();

        assertThat(acceptedBodies(sandbox)).last().isEqualTo(body(6, 1));
    }

    @Test
    void theSameMessageQueuedTwiceIsSentOnce() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.send(madeAt(5, 1), madeAt(5, 1));
        sandbox.drain();
        sandbox.send(madeAt(5, 1));
        sandbox.drain();

        assertThat(sandbox.requests()).hasSize(1);
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.ACCEPTED)).isEqualTo(1);
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.SUPERSEDED)).isEqualTo(2);
    }

    @Test
    void aRemainderKeepsItsVersion() {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api()
                .faults()
                .whenever(
                        request -> request.contractAddress().equals(ProducerMessages.SWORDS),
                        InjectedFault.serverError());
        sandbox.send(madeAt(5, 1));
        sandbox.start();
        sandbox.untilInvoked(1);
        sandbox.api().faults().clear();
        sandbox.send(madeAt(6, 1));
        sandbox.drainSkippingWaits();

        // The older one may have been applied when the server failed, so it may go again before the newer one does.
        assertThat(acceptedBodies(sandbox)).endsWith(body(6, 1));
        assertThat(Set.copyOf(acceptedIds(sandbox))).containsExactly("1");
    }
}
