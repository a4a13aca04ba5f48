package dev.nftrefresh.local.fates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nftrefresh.local.api.RecordedRequest;
import dev.nftrefresh.telemetry.RefreshMetrics.Fate;
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
final class AcceptedTest extends FateTest {
    @Test
    void singleTokenMessagesOfOneCollectionRideInAsFewRequestsAsTheApiAllows() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1).withBatchingWindow(Duration.ofSeconds(2)));
        IntStream.range(0, 500).forEach(id -> sandbox.send(Messages.message(Messages.token(id))));

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
        Sandbox sandbox = sandbox();
        List<String> addresses =
                IntStream.range(0, 30).mapToObj("0x%040x"::formatted).toList();
        for (String address : addresses) {
            sandbox.send(Messages.message(address, Messages.tokens(0, 3)));
        }

        sandbox.drain();

        assertThat(sandbox.requests())
                .extracting(recorded -> recorded.request().contractAddress())
                .containsExactlyInAnyOrderElementsOf(addresses);
        assertThat(sandbox.requests()).allSatisfy(recorded -> {
            assertThat(recorded.request().chainName()).isEqualTo(Messages.CHAIN);
            assertThat(recorded.request().tokenIds()).containsExactly("0", "1", "2");
        });
    }

    @Test
    void aMessageOfMoreThanOneRequestIsCutAndDeletedWhenAllOfItIsAccepted() {
        Sandbox sandbox = sandbox();
        sandbox.send(Messages.message(Messages.SWORDS, Messages.tokens(0, 1_001)));

        sandbox.drain();

        assertThat(sandbox.requests()).hasSize(5);
        assertThat(acceptedIds(sandbox)).hasSize(1_001).doesNotHaveDuplicates();
        assertThat(sandbox.tally().receives()).isEqualTo(1);
    }

    @Test
    void largeTokensAreCutByBytes() {
        Sandbox sandbox = sandbox();
        List<String> tokens = IntStream.range(100, 160)
                .mapToObj(id -> Messages.tokenOfBytes(id, 16_384))
                .toList();
        sandbox.send(Messages.message(Messages.SWORDS, tokens));

        sandbox.drain();

        assertThat(acceptedIds(sandbox)).hasSize(60).doesNotHaveDuplicates();
        assertThat(sandbox.requests()).hasSize(5);
    }

    @Test
    void aRequestOfExactly228KiBPassesAndOneByteMoreMakesTwo() {
        for (int over : List.of(0, 1)) {
            Sandbox sandbox = sandbox();
            List<String> tokens = new ArrayList<>(IntStream.range(100, 114)
                    .mapToObj(id -> Messages.tokenOfBytes(id, 16_000))
                    .toList());
            int soFar = Messages.requestBody(tokens.toArray(String[]::new)).length();
            tokens.add(Messages.tokenOfBytes(114, 233_472 - soFar - 1 + over));
            sandbox.send(Messages.message(Messages.SWORDS, tokens));

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
    void whatIsSentIsTheProducersTextToTheLetter(String value) {
        Sandbox sandbox = sandbox();
        String token = " {  \"token_id\" :\t\"007\", \"extra\": {\"deep\": [[[" + value + "]]], \"\": {} },\n"
                + "\"name\":\"\\u0053word\", \"description\":null,\"image\":null,\"external_url\":null,\r\n"
                + "\"animation_url\":null,\"youtube_url\":null,\"attributes\":[ {\"trait_type\":\"x\", \"more\":null, "
                + "\"value\": " + value + " , \"display_type\":null} ] }";
        sandbox.send(Messages.message(token));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(Messages.requestBody(token.strip()));
    }

    @Test
    void numbersAndNestingThatMostParsersRefusePassAsTheyAre() {
        Sandbox sandbox = sandbox();
        String token = Messages.token(1)
                .replace(
                        "\"attributes\":[]",
                        "\"attributes\":[{\"trait_type\":\"x\",\"value\":" + "7".repeat(3_000) + "}],\"deep\":"
                                + "[".repeat(3_000) + "]".repeat(3_000));
        sandbox.send(Messages.message(token));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(Messages.requestBody(token));
    }

    @Test
    void aTokensOwnTimeIsCutOutAndNothingElse() {
        Sandbox sandbox = sandbox();
        String token = Messages.token(1);
        String time = "\"updated_at\":1795428000123";
        sandbox.send(
                Messages.message(token.replace("{", "{" + time + ",")),
                Messages.message(token.replace("\"1\"", "\"2\"").replace("\"name\"", time + " , \"name\"")),
                Messages.message(token.replace("\"1\"", "\"3\"").replace("[]}", "[] , " + time + " }")));

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
    void whiteSpaceThatPushesATokenOver16KiBIsNotItsContent() {
        Sandbox sandbox = sandbox();
        String token = Messages.tokenOfBytes(1, 16_384);
        sandbox.send(Messages.message(token.replace("\"name\":", "\"name\":" + " \t".repeat(500))));

        sandbox.drain();

        assertThat(acceptedBodies(sandbox)).containsExactly(Messages.requestBody(token));
    }

    @Test
    void theKeyMayStandInTheSecretAsJson() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withSecret(
                "{ \"note\": \"sandbox\", \"api_key\": \"" + SandboxSettings.KEY + "\" }"));
        sandbox.send(Messages.message(Messages.token(1)));

        sandbox.drain();

        assertThat(sandbox.requests())
                .extracting(
                        RecordedRequest::status, recorded -> recorded.request().apiKey())
                .containsExactly(tuple(202, SandboxSettings.KEY));
        assertThat(sandbox.secrets().calls()).isLessThanOrEqualTo(2);
    }

    @Test
    void theSecretIsReadOnceACopyAndNotForEachEvent() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        for (int id = 0; id < 5; id++) {
            sandbox.send(Messages.message(Messages.token(id)));
            sandbox.drain();
        }

        assertThat(sandbox.requests()).hasSize(5);
        assertThat(sandbox.secrets().calls()).isEqualTo(1);
    }

    @Test
    void aMessageThatSqsDeliversTwiceIsSentOnce() {
        Sandbox sandbox = sandbox();
        sandbox.queues().faults().failEntries("DeleteMessageBatch", 4, false);
        Instant madeAt = sandbox.clock().instant();
        sandbox.send(Messages.messageMadeAt(madeAt, Messages.token(1)));
        sandbox.start();
        sandbox.untilInvoked(1);
        assertThat(sandbox.depth().total()).isEqualTo(1);

        sandbox.advance(Duration.ofMinutes(2));
        sandbox.drain();

        assertThat(acceptedIds(sandbox)).containsExactly("1");
        assertThat(sandbox.tally().receives()).isEqualTo(2);
        assertThat(sandbox.tally().tokens(Fate.SUPERSEDED)).isEqualTo(1);
    }

    @Test
    void thousandsOfMessagesLeaveNothingBehind() {
        Sandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(4));
        IntStream.range(0, 300)
                .forEach(number -> sandbox.send(
                        Messages.message(Messages.SWORDS, Messages.tokens(number * 10, number * 10 + 10))));

        sandbox.drain();

        Set<String> accepted = new HashSet<>(acceptedIds(sandbox));
        assertThat(accepted).hasSize(3_000);
        assertThat(acceptedIds(sandbox)).hasSize(3_000);
        assertThat(sandbox.tally().tokens(Fate.ACCEPTED)).isEqualTo(3_000);
    }
}
