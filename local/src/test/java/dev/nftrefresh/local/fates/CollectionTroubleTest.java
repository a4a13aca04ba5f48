package dev.nftrefresh.local.fates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.Fault;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 403 and 404: one collection's trouble stays its own, and is given time to be mended. */
final class CollectionTroubleTest extends FateTest {
    static Stream<Fault> troubles() {
        return Stream.of(Fault.forbidden(), Fault.notFound());
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void thatCollectionAloneGoesBackAndTheOthersAreAcceptedMeanwhile(Fault trouble) {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().whenever(request -> request.contractAddress().equals(Messages.SWORDS), trouble);
        sandbox.send(
                Messages.message(Messages.SWORDS, Messages.tokens(0, 900)),
                Messages.message(Messages.SHIELDS, Messages.tokens(1_000, 1_600)));
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(acceptedIds(sandbox)).hasSize(600);
        assertThat(sandbox.depth().total()).isEqualTo(1);

        sandbox.api().faults().clear();
        sandbox.drainSkippingWaits();
        assertThat(acceptedIds(sandbox)).hasSize(1_500).doesNotHaveDuplicates();
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void aCollectionUnknownForAnHourAndInThreeAnswersIsGivenUp() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().whenever(_ -> true, Fault.notFound());
        sandbox.send(Messages.message(Messages.token(1)));

        sandbox.drainSkippingWaits();

        assertThat(sandbox.requests()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(sandbox.deadLetters()).hasSize(1).allSatisfy(letter -> {
            assertThat(letter.reason()).isEqualTo("COLLECTION_NOT_FOUND");
            assertThat(letter.body()).contains(Messages.token(1)).contains("updated_at");
            assertThat(letter.detail()).contains("Token 1").contains(Messages.SWORDS);
            assertThat(letter.attributes()).containsEntry("HttpStatus", "404").containsKey("TraceId");
        });
    }

    @Test
    void aLetterMovedBackIsYoungAgain() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().whenever(_ -> true, Fault.notFound());
        sandbox.send(Messages.message(Messages.token(1)));
        sandbox.drainSkippingWaits();
        assertThat(sandbox.deadLetters()).hasSize(1);

        sandbox.redrive();
        sandbox.api().faults().clear();
        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).containsExactly("1");
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void whatTheQueueWouldForgetBeforeTheNextAttemptExpires() {
        Sandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().whenever(_ -> true, Fault.serverError());
        sandbox.send(Messages.message(Messages.token(1)));
        sandbox.advance(Duration.ofDays(14).minusSeconds(1));

        sandbox.drain();

        assertThat(sandbox.deadLetters()).hasSize(1).allSatisfy(letter -> {
            assertThat(letter.reason()).isEqualTo("EXPIRED");
            assertThat(letter.body()).contains(Messages.token(1)).contains("updated_at");
        });
    }

    @Test
    void whatWasReceived950TimesExpires() {
        Sandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().whenever(_ -> true, Fault.serverError());
        sandbox.send(Messages.message(Messages.token(1)));
        for (int receive = 1; receive <= 949; receive++) {
            assertThat(sandbox.visibleMessages()).hasSize(1);
        }

        sandbox.drain();

        assertThat(sandbox.deadLetters()).extracting(DeadLetter::reason).containsExactly("EXPIRED");
    }
}
