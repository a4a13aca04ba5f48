package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.MessageOutcomes.ACCEPTED;
import static dev.nftrefresh.queue.MessageOutcomes.body;
import static dev.nftrefresh.queue.MessageOutcomes.message;
import static dev.nftrefresh.queue.MessageOutcomes.outcome;
import static dev.nftrefresh.queue.MessageOutcomes.rejected;
import static dev.nftrefresh.queue.MessageOutcomes.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.UpdateMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterFactoryTest {
    @Test
    void anUnreadableMessageIsKeptUnchanged() {
        List<OutgoingMessage> letters = DeadLetterFactory.of(outcome(message("{\"chain_name\": nonsense")), true);

        assertThat(letters).hasSize(1);
        assertThat(letters.getFirst().body()).isEqualTo("{\"chain_name\": nonsense");
        assertThat(letters.getFirst().attributes())
                .containsEntry("RejectReason", "MALFORMED_JSON")
                .containsEntry("SourceMessageId", "m-1")
                .doesNotContainKey("HttpStatus")
                .hasEntrySatisfying("RejectDetail", detail -> assertThat(detail).contains("line 1"));
    }

    @Test
    void oneLetterForEachReasonHoldsItsTokensUnderTheOriginalPathWithTheVersionFilledIn() {
        var error = new ApiErrorResponse(400, "VALIDATION_ERROR", "no", "trace-9");
        TokenOutcome refused =
                new TokenOutcome.Rejected(new Rejection(RejectReason.REFUSED_BY_API, "Token 3 was refused."), error);
        String noName = token("2").replace("\"name\":\"Sword\",", "");
        MessageOutcome outcome = outcome(
                message(body(token("1"), noName, token("3"), token("x"))),
                ACCEPTED,
                rejected(RejectReason.INVALID_TOKEN, "Token 2 has no name."),
                refused,
                rejected(RejectReason.INVALID_TOKEN, "Token x is no number."));

        List<OutgoingMessage> letters = DeadLetterFactory.of(outcome, true);

        assertThat(letters).hasSize(2);
        assertThat(letters.get(0).attributes())
                .containsEntry("RejectReason", "INVALID_TOKEN")
                .containsEntry("RejectDetail", "Token 2 has no name. Token x is no number.");
        assertThat(letters.get(0).body())
                .isEqualTo("{\"chain_name\":\"" + MessageOutcomes.CHAIN + "\",\"contract_address\":\""
                        + MessageOutcomes.ADDRESS
                        + "\",\"updated_at\":\"2026-11-23T10:00:00.123Z\",\"nft_metadata\":[" + noName + ","
                        + token("x")
                        + "]}");
        assertThat(letters.get(1).attributes())
                .containsEntry("RejectReason", "REFUSED_BY_API")
                .containsEntry("HttpStatus", "400")
                .containsEntry("TraceId", "trace-9");
        assertThat(MessageOutcomes.readAgain(letters.get(1)).elements()).hasSize(1);
    }

    @Test
    void aLetterNamesItsLaneAndSaysWhenItsMessageWasSent() {
        MessageOutcome outcome = outcome(message("nonsense"));
        String sentAt = Long.toString(outcome.message().sentAt().toEpochMilli());

        assertThat(DeadLetterFactory.of(outcome, true).getFirst().attributes())
                .containsEntry("Lane", "live")
                .containsEntry("SourceSentAt", sentAt);
        assertThat(DeadLetterFactory.of(outcome, false).getFirst().attributes())
                .containsEntry("Lane", "bulk")
                .containsEntry("SourceSentAt", sentAt);
    }

    @Test
    void aRejectedTokenKeepsAVersionOfItsOwn() {
        String own = token("1", ",\"updated_at\":\"2026-11-20T08:00:00.000000001Z\"");
        MessageOutcome outcome = outcome(message(body(own)), rejected(RejectReason.EXPIRED, "Too old."));

        UpdateMessage again =
                MessageOutcomes.readAgain(DeadLetterFactory.of(outcome, true).getFirst());

        assertThat(((UpdateMessage.Valid) again.elements().getFirst())
                        .update()
                        .version()
                        .time())
                .isEqualTo(Instant.parse("2026-11-20T08:00:00.000000001Z"));
    }

    @Test
    void attributesStayUnderThreeKibAndHoldOnlyWhatSqsAccepts() {
        String longDetail = "Token \uFFFE has a field \u0001 \"" + "é".repeat(5000) + "\".";
        MessageOutcome outcome = outcome(message(body(token("1"))), rejected(RejectReason.INVALID_TOKEN, longDetail));

        OutgoingMessage letter = DeadLetterFactory.of(outcome, true).getFirst();

        int attributes = letter.bytes() - letter.body().getBytes(StandardCharsets.UTF_8).length;
        assertThat(attributes).isLessThan(3 * 1024);
        assertThat(letter.attributes().get("RejectDetail"))
                .contains("\\ufffe", "\\u0001")
                .doesNotContain("\uFFFE", "\u0001")
                .endsWith("…");
    }

    @Test
    void aLetterThatWouldNotFitSqsIsSplit() {
        // Whole numbers of milliseconds are written out as text of nanoseconds' length: the letter outgrows the
        // message.
        String[] tokens = IntStream.range(0, 5700)
                .mapToObj(i -> token(Integer.toString(i), ",\"updated_at\":" + (1763892000123L + i)))
                .toArray(String[]::new);
        TokenOutcome[] tokenOutcomes = IntStream.range(0, 5700)
                .mapToObj(i -> rejected(RejectReason.EXPIRED, "Token " + i + " is too old."))
                .toArray(TokenOutcome[]::new);
        MessageOutcome outcome = outcome(message(body(tokens)), tokenOutcomes);
        assertThat(outcome.message().body().utf8().length).isLessThan(1_044_480);

        List<OutgoingMessage> letters = DeadLetterFactory.of(outcome, true);

        assertThat(letters)
                .hasSizeGreaterThan(1)
                .allSatisfy(letter -> assertThat(letter.bytes()).isLessThanOrEqualTo(1024 * 1024));
        assertThat(letters.stream()
                        .mapToInt(letter ->
                                MessageOutcomes.readAgain(letter).elements().size())
                        .sum())
                .isEqualTo(5700);
    }

    @Test
    void aMessageForAnotherChainCanBeMovedBackWithItsVersion() {
        String foreign = body(token("1")).replace("testnet", "mainnet");
        MessageOutcome outcome = new MessageOutcome(
                message(foreign),
                MessageOutcomes.READER.read(foreign.getBytes(StandardCharsets.UTF_8), MessageOutcomes.SENT),
                List.of(rejected(RejectReason.WRONG_CHAIN, "Wrong chain.")));
        assertThat(outcome.read()).isInstanceOf(MessageReadResult.ParsedMessage.class);

        OutgoingMessage letter = DeadLetterFactory.of(outcome, true).getFirst();

        assertThat(letter.body())
                .contains("imtbl-zkevm-mainnet", "\"updated_at\":\"2026-11-23T10:00:00.123Z\"", token("1"));
    }

    private static TokenOutcome refusedBy(ApiErrorResponse error, int token) {
        return new TokenOutcome.Rejected(
                new Rejection(RejectReason.REFUSED_BY_API, "Token %d was refused.".formatted(token)), error);
    }

    @Test
    void tokensRefusedInRequestsOfTheirOwnShareALetterThatNamesTheFirstTrace() {
        MessageOutcome outcome = outcome(
                message(body(token("1"), token("2"))),
                refusedBy(new ApiErrorResponse(400, "VALIDATION_ERROR", "no", "trace-1"), 1),
                refusedBy(new ApiErrorResponse(400, "VALIDATION_ERROR", "no", "trace-2"), 2));

        assertThat(DeadLetterFactory.of(outcome, true)).singleElement().satisfies(letter -> {
            assertThat(letter.attributes())
                    .containsEntry("TraceId", "trace-1")
                    .containsEntry("RejectDetail", "Token 1 was refused. Token 2 was refused.");
            assertThat(MessageOutcomes.readAgain(letter).elements()).hasSize(2);
        });
    }

    @Test
    void theFirstTokensAreNamedAndTheOthersCounted() {
        int tokens = 10_000;
        String[] ids = IntStream.range(0, tokens).mapToObj(_ -> "1").toArray(String[]::new);
        TokenOutcome[] tokenOutcomes = IntStream.range(0, tokens)
                .mapToObj(i -> rejected(RejectReason.INVALID_TOKEN, "Element " + i + " is no object."))
                .toArray(TokenOutcome[]::new);

        OutgoingMessage letter = DeadLetterFactory.of(outcome(message(body(ids)), tokenOutcomes), true)
                .getFirst();

        assertThat(letter.attributes().get("RejectDetail"))
                .startsWith("Element 0 is no object. Element 1 is no object. ")
                .matches("[^…]* And 9,9\\d\\d more\\.")
                .hasSizeBetween(1900, 2000);
    }

    @Test
    void aLetterThatFitsIsNeverSplit() {
        String[] ones = IntStream.range(0, 10_000).mapToObj(_ -> "1").toArray(String[]::new);
        TokenOutcome[] tokenOutcomes = IntStream.range(0, 10_000)
                .mapToObj(_ -> rejected(RejectReason.INVALID_TOKEN, "No object."))
                .toArray(TokenOutcome[]::new);

        assertThat(DeadLetterFactory.of(outcome(message(body(ones)), tokenOutcomes), true))
                .hasSize(1);
    }

    @Test
    void aLetterHasNoCharacterThatSqsRefusesWhateverTheMessageSaysInEscapes() {
        String chain = "imtbl\\uFFFE\\uffff\\ud800\\u0001";
        MessageOutcome outcome = outcome(
                message(body(token("1")).replace(MessageOutcomes.CHAIN, chain)),
                rejected(RejectReason.WRONG_CHAIN, "Wrong chain."));

        OutgoingMessage letter = DeadLetterFactory.of(outcome, true).getFirst();

        assertThat(letter.body()).contains("\"imtbl\\ufffe\\uffff\\ud800\\u0001\"");
        assertThat(letter.body().chars().filter(c -> c >= 0x7F || c < 0x20)).isEmpty();
        assertThat(MessageOutcomes.readAgain(letter).collection().chainName())
                .isEqualTo("imtbl\uFFFE\uFFFF\uD800\u0001");
    }

    @ParameterizedTest
    @ValueSource(ints = {1020 * 1024, 1024 * 1024 - 100, 1024 * 1024})
    void aBodyThatLeavesNoSpaceForAttributesIsTruncatedAndSaysSo(int bytes) {
        String nonsense = "{\"" + "é".repeat(bytes / 2 - 1);

        OutgoingMessage letter =
                DeadLetterFactory.of(outcome(message(nonsense)), true).getFirst();

        assertThat(letter.bytes()).isLessThanOrEqualTo(1024 * 1024);
        assertThat(nonsense).startsWith(letter.body());
        boolean whole = bytes == 1020 * 1024;
        assertThat(letter.body().equals(nonsense)).isEqualTo(whole);
        assertThat(String.valueOf(letter.attributes().get("RejectDetail")).contains("cut off"))
                .isEqualTo(!whole);
    }
}
