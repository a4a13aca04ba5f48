package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.RecordedRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 401, and a secret without a key: everything goes back, and is accepted once the key is right. */
final class ApiKeyTest extends SandboxTest {
    private static final String NEW_KEY = SandboxSettings.KEY + "-rotated";

    @Test
    void afterARotationTheNewKeyIsReadOnceAndNothingReturns() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));
        sandbox.drain();
        sandbox.api().acceptOnly(NEW_KEY);
        sandbox.secrets().rotateTo("{\"api_key\":\"" + NEW_KEY + "\"}");

        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(2, 602)));
        sandbox.drain();

        assertThat(acceptedIds(sandbox)).hasSize(601).doesNotHaveDuplicates();
        assertThat(sandbox.tally().receives()).isEqualTo(2);
        assertThat(sandbox.secrets().calls()).isEqualTo(2);
        assertThat(sandbox.requests())
                .filteredOn(recorded -> recorded.status() == 202)
                .last()
                .extracting(recorded -> recorded.request().apiKey())
                .isEqualTo(NEW_KEY);
    }

    @Test
    void aKeyThatStaysRefusedReturnsEverythingAfterOneRequestAPass() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1).withSecret("sk_imapik-wrong"));
        sandbox.send(
                ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 600)),
                ProducerMessages.message(ProducerMessages.SHIELDS, ProducerMessages.tokens(0, 600)));
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(sandbox.requests()).extracting(RecordedRequest::status).containsExactly(401);
        assertThat(sandbox.depth().total()).isEqualTo(2);
        assertThat(sandbox.tally().batchItemFailures()).isEqualTo(2);

        sandbox.secrets().rotateTo(SandboxSettings.KEY);
        sandbox.drainSkippingWaits();
        assertThat(acceptedIds(sandbox)).hasSize(1_200);
        assertThat(sandbox.deadLetters()).isEmpty();
        assertThat(sandbox.log()).doesNotContain("sk_imapik-wrong");
    }

    @Test
    void manyPassesWithAWrongKeyLoseNothing() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1).withSecret("sk_imapik-wrong"));
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 300)));
        sandbox.start();
        for (int pass = 1; pass <= 5; pass++) {
            sandbox.untilInvoked(pass);
            sandbox.stop();
            sandbox.advanceUntilVisible(1, Duration.ofSeconds(1));
            sandbox.start();
        }
        sandbox.untilInvoked(6);

        assertThat(sandbox.requests()).hasSize(sandbox.tally().invocations());
        sandbox.secrets().rotateTo(SandboxSettings.KEY);
        sandbox.drainSkippingWaits();
        assertThat(acceptedIds(sandbox)).hasSize(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{}", "{\"key\":\"x\"}", "{\"api_key\":\"\"}", "{\"api_key\":7}", "{", "a b"})
    void withoutAKeyNothingIsSentAndNothingIsLost(String secret) {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1).withSecret(secret));
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 300)));
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(sandbox.requests()).isEmpty();
        assertThat(sandbox.depth().total()).isEqualTo(1);
        assertThat(sandbox.tally().complaints()).isEmpty();

        sandbox.secrets().rotateTo(" " + SandboxSettings.KEY + "\n");
        sandbox.drainSkippingWaits();
        assertThat(acceptedIds(sandbox)).hasSize(300);
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void whileSecretsManagerFailsEverythingReturns() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.secrets().fail(true);
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)), "not JSON");
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(sandbox.requests()).isEmpty();
        // Updates that need no key are settled meanwhile.
        assertThat(sandbox.deadLetters()).hasSize(1);
        assertThat(sandbox.depth().total()).isEqualTo(1);

        sandbox.secrets().fail(false);
        sandbox.drainSkippingWaits();
        assertThat(acceptedIds(sandbox)).containsExactly("1");
    }
}
