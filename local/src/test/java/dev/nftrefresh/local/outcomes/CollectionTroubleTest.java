package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.InjectedFault;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 403 and 404: a refused collection affects no other, and there is time to fix it. */
final class CollectionTroubleTest extends SandboxTest {
    static Stream<InjectedFault> troubles() {
        return Stream.of(InjectedFault.forbidden(), InjectedFault.notFound());
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void onlyThatCollectionReturnsAndTheOthersAreAcceptedMeanwhile(InjectedFault problem) {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().whenever(request -> request.contractAddress().equals(ProducerMessages.SWORDS), problem);
        sandbox.send(
                ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 900)),
                ProducerMessages.message(ProducerMessages.SHIELDS, ProducerMessages.tokens(1_000, 1_600)));
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
    void aCollectionUnknownForAnHourAndInThreeAnswersIsRejected() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().whenever(_ -> true, InjectedFault.notFound());
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));

        sandbox.drainSkippingWaits();

        assertThat(sandbox.requests()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(sandbox.deadLetters()).hasSize(1).allSatisfy(letter -> {
            assertThat(letter.reason()).isEqualTo("COLLECTION_NOT_FOUND");
            assertThat(letter.body()).contains(ProducerMessages.token(1)).contains("updated_at");
            assertThat(letter.detail()).contains("Token 1").contains(ProducerMessages.SWORDS);
            assertThat(letter.attributes()).containsEntry("HttpStatus", "404").containsKey("TraceId");
        });
    }

    @Test
    void aLetterMovedBackStartsWithANewAge() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().whenever(_ -> true, InjectedFault.notFound());
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));
        sandbox.drainSkippingWaits();
        assertThat(sandbox.deadLetters()).hasSize(1);

        sandbox.redrive();
        sandbox.api().faults().clear();
        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).containsExactly("1");
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void anUpdateThatTheQueueWouldDeleteBeforeItsNextAttemptExpires() {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().whenever(_ -> true, InjectedFault.serverError());
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));
        sandbox.advance(Duration.ofDays(14).minusSeconds(1));

        sandbox.drain();

        assertThat(sandbox.deadLetters()).hasSize(1).allSatisfy(letter -> {
            assertThat(letter.reason()).isEqualTo("EXPIRED");
            assertThat(letter.body()).contains(ProducerMessages.token(1)).contains("updated_at");
        });
    }

    @Test
    void anUpdateReceived950TimesExpires() {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().whenever(_ -> true, InjectedFault.serverError());
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));
        for (int receive = 1; receive <= 949; receive++) {
            assertThat(sandbox.visibleMessages()).hasSize(1);
        }

        sandbox.drain();

        assertThat(sandbox.deadLetters()).extracting(DeadLetter::reason).containsExactly("EXPIRED");
    }
}
