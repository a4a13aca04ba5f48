package dev.nftrefresh.local.fates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.Fault;
import dev.nftrefresh.telemetry.RefreshMetrics.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An older update never overwrites a newer one, and only what was accepted supersedes. */
final class SupersededTest extends FateTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static String madeAt(int second, Object id) {
        return Messages.messageMadeAt(NOON.plusSeconds(second), Messages.token(id, "made at " + second));
    }

    private static String body(int second, Object id) {
        return Messages.requestBody(Messages.token(id, "made at " + second));
    }

    @Test
    void ofSeveralUpdatesInOneEventOnlyTheNewestIsSent() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.send(madeAt(2, 1), madeAt(5, 1), madeAt(1, 1), madeAt(4, 1));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(body(5, 1));
        assertThat(sandbox.requests()).hasSize(1);
        assertThat(sandbox.tally().tokens(Fate.SUPERSEDED)).isEqualTo(3);
    }

    @Test
    void anOlderUpdateInALaterEventIsSuperseded() {
        Sandbox sandbox = sandbox();
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
        Sandbox sandbox = sandbox();
        sandbox.send(madeAt(5, 7));
        sandbox.drain();
        sandbox.send(madeAt(4, "007").replace(Messages.SWORDS, "0x8A90CAB2b38dba80c64b7734e58ee1db38b8992E"));
        sandbox.drain();

        assertThat(sandbox.requests()).hasSize(1);
        assertThat(sandbox.tally().tokens(Fate.SUPERSEDED)).isEqualTo(1);
    }

    @Test
    void theSameIdInAnotherCollectionIsAnotherToken() {
        Sandbox sandbox = sandbox();
        sandbox.send(madeAt(5, 7));
        sandbox.drain();
        sandbox.send(madeAt(4, 7).replace(Messages.SWORDS, Messages.SHIELDS));
        sandbox.drain();

        assertThat(acceptedIds(sandbox)).containsExactly("7", "7");
    }

    @Test
    void ofOneTokenTwiceInAMessageTheLaterPlaceIsNewer() {
        Sandbox sandbox = sandbox();
        sandbox.send(Messages.messageMadeAt(
                NOON, Messages.token(1, "zzz"), Messages.token(2), Messages.token(1, "aaa"), Messages.token(1, "mmm")));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox))
                .containsExactly(Messages.requestBody(Messages.token(2), Messages.token(1, "mmm")));
        assertThat(sandbox.tally().tokens(Fate.SUPERSEDED)).isEqualTo(2);
    }

    @Test
    void withoutATimeOfTheProducersTheLaterSentIsNewer() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.send(Messages.message(Messages.token(1, "first")));
        sandbox.advance(Duration.ofMillis(5));
        sandbox.send(Messages.message(Messages.token(1, "second")));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(Messages.requestBody(Messages.token(1, "second")));
    }

    @Test
    void aTokensOwnTimeOverridesItsMessages() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        String own = ",\"updated_at\":\"" + NOON.plusSeconds(9) + "\"}";
        sandbox.send(
                madeAt(5, 1),
                Messages.messageMadeAt(NOON, Messages.token(1, "own time").replace("}", own)));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(Messages.requestBody(Messages.token(1, "own time")));
    }

    @Test
    void theOlderGetsItsTurnIfTheNewerIsRefused() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().whenever(request -> request.body().contains("made at 9"), Fault.validationError());
        sandbox.send(madeAt(3, 1), madeAt(9, 1), madeAt(5, 1));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(body(5, 1));
        assertThat(sandbox.deadLetters()).hasSize(1).allSatisfy(letter -> {
            assertThat(letter.reason()).isEqualTo("REFUSED_BY_API");
            assertThat(letter.body()).contains("made at 9");
        });
        assertThat(sandbox.tally().tokens(Fate.SUPERSEDED)).isEqualTo(1);
    }

    @Test
    void aRefusedUpdateSupersedesNothingInLaterEvents() {
        Sandbox sandbox = sandbox();
        sandbox.api().faults().whenever(request -> request.body().contains("made at 9"), Fault.validationError());
        sandbox.send(madeAt(9, 1));
        sandbox.drain();
        sandbox.send(madeAt(5, 1));
        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(body(5, 1));
    }

    @Test
    void copiesNeverSendTwoUpdatesOfOneTokenAtOnce() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(2));
        // An answer first: without any the gate lets one request go at a time anyway.
        sandbox.send(madeAt(1, 2));
        sandbox.drain();
        sandbox.api().faults().next(Fault.hang());
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
        Sandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().next(2, new Fault.Cut(false));
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
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.send(madeAt(5, 1), madeAt(5, 1));
        sandbox.drain();
        sandbox.send(madeAt(5, 1));
        sandbox.drain();

        assertThat(sandbox.requests()).hasSize(1);
        assertThat(sandbox.tally().tokens(Fate.ACCEPTED)).isEqualTo(1);
        assertThat(sandbox.tally().tokens(Fate.SUPERSEDED)).isEqualTo(2);
    }

    @Test
    void whatIsLeftOfAMessageKeepsItsVersion() {
        Sandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api()
                .faults()
                .whenever(request -> request.contractAddress().equals(Messages.SWORDS), Fault.serverError());
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
