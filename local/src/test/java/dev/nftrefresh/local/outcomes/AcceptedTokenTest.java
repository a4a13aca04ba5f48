package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nftrefresh.local.api.RecordedRequest;
import dev.nftrefresh.telemetry.RefreshMetrics.TokenOutcomeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 202: the token is with the API, and its message is gone from the queue. */
final class AcceptedTokenTest extends SandboxTest {
    @Test
    void singleTokenMessagesOfOneCollectionAreSentInAsFewRequestsAsTheApiAllows() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1).withBatchingWindow(Duration.ofSeconds(2)));
        IntStream.range(0, 500).forEach(id -> sandbox.send(ProducerMessages.message(ProducerMessages.token(id))));

        sandbox.drain();

        assertThat(sandbox.requests())
                .extracting(recorded -> recorded.request().tokenIds().size())
                .containsOnly(250)
                .hasSize(2);
        assertThat(new HashSet<>(acceptedIds(sandbox))).hasSize(500);
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void eachCollectionGetsRequestsOfItsOwn() {
        LocalSandbox sandbox = sandbox();
        List<String> addresses =
                IntStream.range(0, 30).mapToObj("0x%040x"::formatted).toList();
        for (String address : addresses) {
            sandbox.send(ProducerMessages.message(address, ProducerMessages.tokens(0, 3)));
        }

        sandbox.drain();

        assertThat(sandbox.requests())
                .extracting(recorded -> recorded.request().contractAddress())
                .containsExactlyInAnyOrderElementsOf(addresses);
        assertThat(sandbox.requests()).allSatisfy(recorded -> {
            assertThat(recorded.request().chainName()).isEqualTo(ProducerMessages.CHAIN);
            assertThat(recorded.request().tokenIds()).containsExactly("0", "1", "2");
        });
    }

    @Test
    void aMessageOfMoreThanOneRequestIsSplitAndDeletedWhenAllOfItIsAccepted() {
        LocalSandbox sandbox = sandbox();
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 1_001)));

        sandbox.drain();

        assertThat(sandbox.requests()).hasSize(5);
        assertThat(acceptedIds(sandbox)).hasSize(1_001).doesNotHaveDuplicates();
        assertThat(sandbox.tally().receives()).isEqualTo(1);
    }

    @Test
    void largeTokensAreCutByBytes() {
        LocalSandbox sandbox = sandbox();
        List<String> tokens = IntStream.range(100, 160)
                .mapToObj(id -> ProducerMessages.tokenOfBytes(id, 16_384))
                .toList();
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, tokens));

        sandbox.drain();

        assertThat(acceptedIds(sandbox)).hasSize(60).doesNotHaveDuplicates();
        assertThat(sandbox.requests()).hasSize(5);
    }

    @Test
    void aRequestOfExactly228KiBPassesAndOneByteMoreMakesTwo() {
        for (int over : List.of(0, 1)) {
            LocalSandbox sandbox = sandbox();
            List<String> tokens = new ArrayList<>(IntStream.range(100, 114)
                    .mapToObj(id -> ProducerMessages.tokenOfBytes(id, 16_000))
                    .toList());
            int soFar =
                    ProducerMessages.requestBody(tokens.toArray(String[]::new)).length();
            tokens.add(ProducerMessages.tokenOfBytes(114, 233_472 - soFar - 1 + over));
            sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, tokens));

            sandbox.drain();

            assertThat(sandbox.requests()).hasSize(1 + over);
            assertThat(acceptedIds(sandbox)).hasSize(15).doesNotHaveDuplicates();
            if (over == 0) {
                assertThat(sandbox.requests().getFirst().request().bytes()).isEqualTo(233_472);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567890.123456789",
                "1e400",
                "1E+400",
                "-0.0",
                "1.10",
                "100000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
                "\"\\u0041\\u00e9 \\/ \\\\ \\\" \\n \\ud83d\\ude00 \\ud800\"",
                "\"日本語 é 😀 \u2028\"",
                "\"\"",
                "true"
            })
    void theProducersTextIsSentUnchanged(String value) {
        LocalSandbox sandbox = sandbox();
        String token = " {  \"token_id\" :\t\"007\", \"extra\": {\"deep\": [[[" + value + "]]], \"\": {} },\n"
                + "\"name\":\"\\u0053word\", \"description\":null,\"image\":null,\"external_url\":null,\r\n"
                + "\"animation_url\":null,\"youtube_url\":null,\"attributes\":[ {\"trait_type\":\"x\", \"more\":null, "
                + "\"value\": " + value + " , \"display_type\":null} ] }";
        sandbox.send(ProducerMessages.message(token));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(ProducerMessages.requestBody(token.strip()));
    }

    @Test
    void numbersAndNestingThatMostParsersRefusePassAsTheyAre() {
        LocalSandbox sandbox = sandbox();
        String token = ProducerMessages.token(1)
                .replace(
                        "\"attributes\":[]",
                        "\"attributes\":[{\"trait_type\":\"x\",\"value\":" + "7".repeat(3_000) + "}],\"deep\":"
                                + "[".repeat(3_000) + "]".repeat(3_000));
        sandbox.send(ProducerMessages.message(token));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(ProducerMessages.requestBody(token));
    }

    @Test
    void aTokensOwnTimeIsCutOutAndNothingElse() {
        LocalSandbox sandbox = sandbox();
        String token = ProducerMessages.token(1);
        String time = "\"updated_at\":1795428000123";
        sandbox.send(
                ProducerMessages.message(token.replace("{", "{" + time + ",")),
                ProducerMessages.message(token.replace("\"1\"", "\"2\"").replace("\"name\"", time + " , \"name\"")),
                ProducerMessages.message(token.replace("\"1\"", "\"3\"").replace("[]}", "[] , " + time + " }")));

        sandbox.drain();

        assertThat(acceptedIds(sandbox)).containsExactlyInAnyOrder("1", "2", "3");
        // White space between the parts of a token is not its content.
        assertThat(String.join("", acceptedBodies(sandbox)).replace(" ", ""))
                .contains(token)
                .contains(token.replace("\"1\",", "\"2\","))
                .contains(token.replace("\"1\"", "\"3\""))
                .doesNotContain("updated_at");
    }

    @Test
    void whiteSpaceThatPushesATokenOver16KiBDoesNotCount() {
        LocalSandbox sandbox = sandbox();
        String token = ProducerMessages.tokenOfBytes(1, 16_384);
        sandbox.send(ProducerMessages.message(token.replace("\"name\":", "\"name\":" + " \t".repeat(500))));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(ProducerMessages.requestBody(token));
    }

    @Test
    void theSecretMayHoldTheKeyAsJson() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withSecret(
                "{ \"note\": \"sandbox\", \"api_key\": \"" + SandboxSettings.KEY + "\" }"));
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));

        sandbox.drain();

        assertThat(sandbox.requests())
                .extracting(
                        RecordedRequest::status, recorded -> recorded.request().apiKey())
                .containsExactly(tuple(202, SandboxSettings.KEY));
        assertThat(sandbox.secrets().calls()).isLessThanOrEqualTo(2);
    }

    @Test
    void theSecretIsReadOnceACopyAndNotForEachEvent() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        for (int id = 0; id < 5; id++) {
            sandbox.send(ProducerMessages.message(ProducerMessages.token(id)));
            sandbox.drain();
        }

        assertThat(sandbox.requests()).hasSize(5);
        assertThat(sandbox.secrets().calls()).isEqualTo(1);
    }

    @Test
    void aMessageThatSqsDeliversTwiceIsSentOnce() {
        LocalSandbox sandbox = sandbox();
        sandbox.queues().faults().failEntries("DeleteMessageBatch", 4, false);
        Instant madeAt = sandbox.clock().instant();
        sandbox.send(ProducerMessages.messageMadeAt(madeAt, ProducerMessages.token(1)));
        sandbox.start();
        sandbox.untilInvoked(1);
        assertThat(sandbox.depth().total()).isEqualTo(1);

        sandbox.advance(Duration.ofMinutes(2));
        sandbox.drain();

        assertThat(acceptedIds(sandbox)).containsExactly("1");
        assertThat(sandbox.tally().receives()).isEqualTo(2);
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.SUPERSEDED)).isEqualTo(1);
    }

    @Test
    void thousandsOfMessagesLeaveNothingBehind() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(4));
        IntStream.range(0, 300)
                .forEach(number -> sandbox.send(ProducerMessages.message(
                        ProducerMessages.SWORDS, ProducerMessages.tokens(number * 10, number * 10 + 10))));

        sandbox.drain();

        Set<String> accepted = new HashSet<>(acceptedIds(sandbox));
        assertThat(accepted).hasSize(3_000);
        assertThat(acceptedIds(sandbox)).hasSize(3_000);
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.ACCEPTED)).isEqualTo(3_000);
    }
}
