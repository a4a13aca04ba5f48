package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nftrefresh.telemetry.RefreshMetrics.TokenOutcomeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Updates that can never be accepted go to the dead-letter queue with the reason, as messages that can be queued again.
 */
final class RejectedTokenTest extends SandboxTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String GOOD = ProducerMessages.message(ProducerMessages.token(1));

    private static JsonNode body(DeadLetter letter) throws IOException {
        return JSON.readTree(letter.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refresh token 9 please",
                "{\"chain_name\":",
                "{} {}",
                "null, 1",
                "{'chain_name':'imtbl-zkevm-testnet'}",
                "{\"nft_metadata\":[1,]}",
                "{\"a\":NaN}",
                "\uFEFF{}",
            })
    void aBodyThatIsNotJsonIsTheDeadLetterUnchanged(String text) {
        LocalSandbox sandbox = sandbox();
        sandbox.send(text);

        sandbox.drain();

        DeadLetter letter = onlyLetter(sandbox);
        assertThat(letter.reason()).isEqualTo("MALFORMED_JSON");
        assertThat(letter.body()).isEqualTo(text);
        assertThat(letter.attributes())
                .containsOnlyKeys("RejectReason", "RejectDetail", "SourceMessageId", "SourceSentAt", "Lane");
        assertThat(sandbox.requests()).isEmpty();
    }

    @Test
    void aDuplicateKeyAtAnyDepthIsMalformed() {
        LocalSandbox sandbox = sandbox();
        List<String> twice = List.of(
                GOOD.replace("{\"chain_name\"", "{\"chain_name\":\"imtbl-zkevm-testnet\",\"chain_name\""),
                GOOD.replace("\"name\"", "\"name\":null,\"name\""),
                GOOD.replace("\"name\"", "\"n\\u0061me\":null,\"name\""),
                GOOD.replace("[]", "[{\"trait_type\":\"a\",\"value\":1,\"value\":2}]"),
                GOOD.replace("\"name\"", "\"more\":{\"deep\":[{\"a\":1,\"a\":1}]},\"name\""));
        twice.forEach(sandbox::send);

        sandbox.drain();

        assertThat(sandbox.deadLetters())
                .allSatisfy(letter -> assertThat(letter.reason()).isEqualTo("MALFORMED_JSON"))
                .extracting(DeadLetter::body)
                .containsExactlyInAnyOrderElementsOf(twice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"chain_name\":\"imtbl-zkevm-testnet\"|\"chain_name\":7|chain_name",
                "\"chain_name\":\"imtbl-zkevm-testnet\",|`` |chain_name",
                "\"contract_address\":\"0x8a|\"contract_address\":\"8a|contract_address",
                "38b8992e|38b8992g|contract_address",
                "38b8992e|38b8992|contract_address",
                "\"contract_address\"|\"contractAddress\"|contractAddress",
                "\"nft_metadata\":[|\"update_at\":1,\"nft_metadata\":[|update_at",
                "\"nft_metadata\":[|\"updated_at\":\"yesterday\",\"nft_metadata\":[|updated_at",
                "\"nft_metadata\":[|\"updated_at\":1795428000,\"nft_metadata\":[|updated_at",
                "\"nft_metadata\":[|\"updated_at\":1795428000123.5,\"nft_metadata\":[|updated_at",
                "\"nft_metadata\":[|\"updated_at\":\"2019-12-31T23:59:59Z\",\"nft_metadata\":[|updated_at",
                "\"nft_metadata\":[|\"updated_at\":\"2126-11-23T10:00:00Z\",\"nft_metadata\":[|updated_at",
                "\"nft_metadata\":[|\"updated_at\":null,\"nft_metadata\":[|updated_at",
                "\"nft_metadata\":[|\"more\":[],\"nft_metadata\":[|more",
            })
    void aWrongEnvelopeIsTheDeadLetterUnchangedAndItsDetailNamesTheField(String from, String to, String field) {
        LocalSandbox sandbox = sandbox();
        String wrong = GOOD.replace(from, to.strip());
        assertThat(wrong).isNotEqualTo(GOOD);
        sandbox.send(wrong);

        sandbox.drain();

        DeadLetter letter = onlyLetter(sandbox);
        assertThat(letter.reason()).isEqualTo("INVALID_MESSAGE");
        assertThat(letter.detail()).contains(field).matches("(?s).*[.?]");
        assertThat(letter.body()).isEqualTo(wrong);
        assertThat(sandbox.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"text\"", "null", "{}", "{\"nft_metadata\":{}}"})
    void jsonThatIsNoMessageIsAnInvalidMessage(String text) {
        LocalSandbox sandbox = sandbox();
        sandbox.send(text);

        sandbox.drain();

        DeadLetter letter = onlyLetter(sandbox);
        assertThat(letter.reason()).isEqualTo("INVALID_MESSAGE");
        assertThat(letter.body()).isEqualTo(text);
    }

    @Test
    void anEmptyListOfTokensIsAnInvalidMessage() {
        LocalSandbox sandbox = sandbox();
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, List.of()));

        sandbox.drain();

        assertThat(onlyLetter(sandbox).reason()).isEqualTo("INVALID_MESSAGE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"name\":\"Sword\",||name",
                "\"attributes\":[]|\"attribute\":[]|attributes",
                "\"attributes\":[]|\"attributes\":{}|attributes",
                "\"attributes\":[]|\"attributes\":[{\"trait_type\":\"a\"}]|value",
                "\"attributes\":[]|\"attributes\":[{\"value\":1}]|trait_type",
                "\"attributes\":[]|\"attributes\":[{\"trait_type\":\"a\",\"value\":null}]|value",
                "\"attributes\":[]|\"attributes\":[{\"trait_type\":\"a\",\"value\":[1]}]|value",
                "\"attributes\":[]|\"attributes\":[{\"trait_type\":1,\"value\":1}]|trait_type",
                "\"attributes\":[]|\"attributes\":[{\"trait_type\":\"a\",\"value\":1,\"display_type\":\"x\"}]|display_type",
                "\"attributes\":[]|\"attributes\":[7]|attributes",
                "\"name\":\"Sword\"|\"name\":7|name",
                "\"image\":|\"image\":{},\"more\":|image",
                "\"name\":\"Sword\"|\"name\":\"Sword\",\"updated_at\":1795428000|updated_at",
                "\"name\":\"Sword\"|\"name\":\"Sword\",\"updated_at\":\"2126-01-01T00:00:00Z\"|updated_at",
                "\"token_id\":\"13\"|\"token_id\":13|token_id",
                "\"token_id\":\"13\"|\"token_id\":\"0x13\"|token_id",
                "\"token_id\":\"13\"|\"token_id\":\"\"|token_id",
                "\"token_id\":\"13\"|\"token_id\":\"-1\"|token_id",
                "\"token_id\":\"13\"|\"token_id\":\"1e3\"|token_id",
                "\"token_id\":\"13\"|\"token_id\":null|token_id",
                "\"token_id\":\"13\"|\"token_id\":\"115792089237316195423570985008687907853269984665640564039457584007913129639936\"|token_id",
            })
    void aWrongTokenIsRejectedAndTheOthersOfItsMessageAreAccepted(String from, String to, String field)
            throws IOException {
        LocalSandbox sandbox = sandbox();
        String wrong = ProducerMessages.token(13).replace(from, to == null ? "" : to);
        assertThat(wrong).isNotEqualTo(ProducerMessages.token(13));
        Instant madeAt = sandbox.clock().instant().minusSeconds(1);
        sandbox.send(
                ProducerMessages.messageMadeAt(madeAt, ProducerMessages.token(12), wrong, ProducerMessages.token(14)));

        sandbox.drain();

        assertThat(acceptedIds(sandbox)).containsExactly("12", "14");
        DeadLetter letter = onlyLetter(sandbox);
        assertThat(letter.reason()).isEqualTo("INVALID_TOKEN");
        assertThat(letter.detail()).contains(field).contains("nft_metadata[1]").matches("(?s).*[.?]");
        assertThat(letter.body()).contains("[" + wrong + "]");
        assertThat(body(letter).get("updated_at").asText()).isEqualTo(madeAt.toString());
        assertThat(body(letter).get("chain_name").asText()).isEqualTo(ProducerMessages.CHAIN);
        assertThat(body(letter).get("contract_address").asText()).isEqualTo(ProducerMessages.SWORDS);
    }

    @Test
    void anElementThatIsNoObjectIsRejectedAlone() {
        LocalSandbox sandbox = sandbox();
        sandbox.send(ProducerMessages.message("7", ProducerMessages.token(1), "null", "[{\"a\":1}]"));

        sandbox.drain();

        assertThat(acceptedIds(sandbox)).containsExactly("1");
        assertThat(onlyLetter(sandbox).reason()).isEqualTo("INVALID_TOKEN");
        assertThat(onlyLetter(sandbox).body()).contains("\"nft_metadata\":[7,null,[{\"a\":1}]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"imtbl-zkevm-mainnet", "IMTBL-ZKEVM-TESTNET", "", "imtbl-zkevm-testnet/../x", "\\ud800"})
    void anyOtherChainIsWrong(String chain) {
        LocalSandbox sandbox = sandbox();
        sandbox.send(GOOD.replace(ProducerMessages.CHAIN, chain));

        sandbox.drain();

        DeadLetter letter = onlyLetter(sandbox);
        assertThat(letter.reason()).isEqualTo("WRONG_CHAIN");
        assertThat(letter.detail()).contains("chain_name").contains("Token 1");
        assertThat(letter.body()).contains(ProducerMessages.token(1));
        assertThat(sandbox.requests()).isEmpty();
    }

    @Test
    void theFirstOfSeveralApplicableReasonsCounts() {
        LocalSandbox sandbox = sandbox();
        String large = ProducerMessages.tokenOfBytes(1, 16_385);
        sandbox.send(
                GOOD.replace(ProducerMessages.CHAIN, "imtbl-zkevm-mainnet").replace("\"nft", "\"more\":1,\"nft"),
                ProducerMessages.message(large).replace(ProducerMessages.CHAIN, "imtbl-zkevm-mainnet"),
                ProducerMessages.message(large.replace("\"image\"", "\"images\"")),
                ProducerMessages.message(large));

        sandbox.drain();

        assertThat(sandbox.deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactlyInAnyOrder("INVALID_MESSAGE", "WRONG_CHAIN", "INVALID_TOKEN", "TOKEN_TOO_LARGE");
    }

    @Test
    void aTokenOf16KiBPassesAndOneByteMoreIsTooLarge() {
        LocalSandbox sandbox = sandbox();
        sandbox.send(ProducerMessages.message(
                ProducerMessages.tokenOfBytes(1, 16_384), ProducerMessages.tokenOfBytes(2, 16_385)));

        sandbox.drain();

        assertThat(acceptedIds(sandbox)).containsExactly("1");
        DeadLetter letter = onlyLetter(sandbox);
        assertThat(letter.reason()).isEqualTo("TOKEN_TOO_LARGE");
        assertThat(letter.detail()).contains("Token 2").contains("16,385");
        assertThat(letter.body()).contains(ProducerMessages.tokenOfBytes(2, 16_385));
    }

    @Test
    void bytesCountAndNotCharacters() {
        LocalSandbox sandbox = sandbox();
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1, "é".repeat(8_200))));

        sandbox.drain();

        assertThat(onlyLetter(sandbox).reason()).isEqualTo("TOKEN_TOO_LARGE");
    }

    @Test
    void oneMessageGivesOneDeadLetterForEachReason() throws IOException {
        LocalSandbox sandbox = sandbox();
        sandbox.api().faults().refuseTokens(Set.of("5"));
        sandbox.send(ProducerMessages.message(
                ProducerMessages.token("x1"),
                ProducerMessages.token(2),
                ProducerMessages.tokenOfBytes(3, 17_000),
                ProducerMessages.token("x4"),
                ProducerMessages.token(5)));

        sandbox.drain();

        assertThat(acceptedIds(sandbox)).containsExactly("2");
        assertThat(sandbox.deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactlyInAnyOrder("INVALID_TOKEN", "TOKEN_TOO_LARGE", "REFUSED_BY_API");
        assertThat(sandbox.deadLetters())
                .extracting(letter -> letter.attributes().get("SourceMessageId"))
                .containsOnly(sandbox.deadLetters().getFirst().attributes().get("SourceMessageId"));
        for (DeadLetter letter : sandbox.deadLetters()) {
            assertThat(body(letter).has("updated_at")).isTrue();
            if (letter.reason().equals("INVALID_TOKEN")) {
                assertThat(body(letter).get("nft_metadata")).hasSize(2);
                assertThat(letter.detail()).contains("nft_metadata[0]").contains("nft_metadata[3]");
            }
            if (letter.reason().equals("REFUSED_BY_API")) {
                assertThat(letter.attributes()).containsEntry("HttpStatus", "400");
                assertThat(letter.attributes().get("TraceId")).matches("[0-9a-f]{32}");
                assertThat(letter.detail()).contains("Token 5");
            }
        }
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.REJECTED)).isEqualTo(4);
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.ACCEPTED)).isEqualTo(1);
    }

    @Test
    void attributesStayUnder3KiBAndHoldOnlyWhatSqsTakes() {
        LocalSandbox sandbox = sandbox();
        List<String> wrong = IntStream.range(0, 200)
                .mapToObj(id -> ProducerMessages.token("x" + id))
                .toList();
        sandbox.send(
                ProducerMessages.message(ProducerMessages.SWORDS, wrong),
                GOOD.replace("\"nft", "\"\\u0000\\ufffe\\ud800é\":1,\"nft"),
                GOOD.replace(ProducerMessages.CHAIN, "\\u0007".repeat(1_000)));

        sandbox.drain();

        assertThat(sandbox.deadLetters()).hasSize(3);
        assertThat(sandbox.deadLetters()).allSatisfy(letter -> {
            int bytes = letter.attributes().entrySet().stream()
                    .mapToInt(attribute -> attribute.getKey().length()
                            + attribute.getValue().getBytes(StandardCharsets.UTF_8).length
                            + "String".length())
                    .sum();
            assertThat(bytes).isLessThan(3 * 1_024);
        });
    }

    @Test
    void theProducersOwnAttributesAreNotCopied() {
        LocalSandbox sandbox = sandbox();
        sandbox.send("nonsense", Map.of("Producer", "game-1", "TraceId", "mine"));

        sandbox.drain();

        assertThat(onlyLetter(sandbox).attributes())
                .containsOnlyKeys("RejectReason", "RejectDetail", "SourceMessageId", "SourceSentAt", "Lane");
    }

    @Test
    void deadLettersThatWouldNotFitOneMessageAreSplit() {
        LocalSandbox sandbox = sandbox();
        List<String> wrong = IntStream.range(0, 990)
                .mapToObj(id -> ProducerMessages.tokenOfBytes("x" + id, 1_040))
                .toList();
        String body = ProducerMessages.message(ProducerMessages.SWORDS, wrong);
        assertThat(body.length()).isBetween(1_020_000, 1_044_480);
        sandbox.send(body);

        sandbox.drain();

        String letters = String.join(
                "", sandbox.deadLetters().stream().map(DeadLetter::body).toList());
        assertThat(wrong).allSatisfy(token -> assertThat(letters).contains(token));
        assertThat(sandbox.deadLetters())
                .allSatisfy(letter -> assertThat(letter.reason()).isEqualTo("INVALID_TOKEN"));
    }

    @Test
    void aBodyOf1020KiBThatCannotBeReadFitsTheDeadLetterQueueWithItsAttributes() {
        LocalSandbox sandbox = sandbox();
        sandbox.send("x".repeat(1_020 * 1_024));

        sandbox.drain();

        assertThat(onlyLetter(sandbox).body()).hasSize(1_020 * 1_024);
    }

    @Test
    void aLetterSentBackOnceItsCauseIsFixedIsAcceptedWithItsOldVersion() throws IOException {
        LocalSandbox sandbox = sandbox();
        sandbox.api().faults().refuseTokens(Set.of("1"));
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1, "old"), ProducerMessages.token(2, "old")));
        Instant sentBefore = sandbox.clock().instant();
        sandbox.drain();
        assertThat(Instant.parse(body(onlyLetter(sandbox)).get("updated_at").asText()))
                .isBeforeOrEqualTo(sentBefore);

        sandbox.advance(Duration.ofHours(1));
        sandbox.api().faults().clear();
        sandbox.redrive();
        sandbox.drain();
        assertThat(acceptedIds(sandbox)).containsExactly("2", "1");

        // Its version is still the one of its first queueing: what was made an hour ago, but later, is newer.
        sandbox.send(ProducerMessages.messageMadeAt(sentBefore.plusSeconds(1), ProducerMessages.token(1, "newer")));
        sandbox.drain();
        assertThat(acceptedBodies(sandbox).getLast()).contains("newer");
    }

    @Test
    void aLetterSentBackAfterANewerUpdateWasAcceptedIsSuperseded() {
        LocalSandbox sandbox = sandbox();
        sandbox.api().faults().refuseTokens(Set.of("1"));
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1, "old")));
        sandbox.drain();
        assertThat(onlyLetter(sandbox).reason()).isEqualTo("REFUSED_BY_API");
        sandbox.api().faults().clear();
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1, "new")));
        sandbox.drain();

        sandbox.redrive();
        sandbox.drain();

        assertThat(acceptedBodies(sandbox))
                .containsExactly(ProducerMessages.requestBody(ProducerMessages.token(1, "new")));
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void eachTokenOfALetterKeepsItsOwnVersion() throws IOException {
        LocalSandbox sandbox = sandbox();
        Instant noon = Instant.parse("2026-11-20T12:00:00Z");
        sandbox.api().faults().refuseTokens(Set.of("1", "2"));
        sandbox.send(ProducerMessages.messageMadeAt(
                noon,
                ProducerMessages.token(1).replace("}", ",\"updated_at\":\"2026-11-20T12:00:00.000000007Z\"}"),
                ProducerMessages.token(2)));
        sandbox.drain();

        String letters = String.join(
                " ", sandbox.deadLetters().stream().map(DeadLetter::body).toList());
        assertThat(letters).contains("2026-11-20T12:00:00.000000007Z");
        sandbox.api().faults().clear();
        sandbox.redrive();
        sandbox.drain();
        sandbox.send(ProducerMessages.messageMadeAt(
                noon.plusNanos(6), ProducerMessages.token(1, "older"), ProducerMessages.token(2, "newer")));
        sandbox.drain();

        assertThat(String.join("", acceptedBodies(sandbox))).contains("newer").doesNotContain("older");
        assertThat(sandbox.tally().tokens(TokenOutcomeKind.SUPERSEDED)).isEqualTo(1);
    }

    @Test
    void everyRejectionIsOneLineInTheLog() {
        LocalSandbox sandbox = sandbox();
        sandbox.send(
                ProducerMessages.message(ProducerMessages.token("x77"), ProducerMessages.tokenOfBytes(78, 16_400)));

        sandbox.drain();

        assertThat(sandbox.log().lines().filter(line -> line.contains("\"rejected\"")))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("INVALID_TOKEN").contains(ProducerMessages.SWORDS))
                .anySatisfy(line -> assertThat(line).contains("TOKEN_TOO_LARGE").contains("\"78\""))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(1_000));
    }

    private static DeadLetter onlyLetter(LocalSandbox sandbox) {
        assertThat(sandbox.deadLetters()).hasSize(1);
        return sandbox.deadLetters().getFirst();
    }
}
