package dev.nftrefresh.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.QueueMessageReader;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.TokenLimits;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateMessage;
import dev.nftrefresh.update.UpdateMessage.Invalid;
import dev.nftrefresh.update.UpdateMessage.MetadataElement;
import dev.nftrefresh.update.UpdateMessage.Valid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Whatever a message contains, each element is read or rejected, and a remainder or dead letter made from it reads the
 * same again.
 */
class MessageFuzzTest {
    private static final Instant SENT_AT = Instant.parse("2026-11-23T10:00:00.123Z");
    private static final QueueMessageReader READER = new QueueMessageReader("imtbl-zkevm-testnet");
    private static final Rejection REFUSED = new Rejection(RejectReason.REFUSED_BY_API, "The API refused it.");
    private static final int LONGEST_SENTENCE = 700;
    private static final JsonMapper INDEPENDENT = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @FuzzTest
    void bodyIsReadOrRefused(byte[] body) throws IOException {
        Utf8MessageBody text = Utf8MessageBody.of(new String(body, StandardCharsets.UTF_8));
        switch (READER.read(text.utf8(), SENT_AT)) {
            case MessageReadResult.Rejected refused -> assertRefused(text, refused);
            case MessageReadResult.ParsedMessage(UpdateMessage message) -> {
                assertThat(message.elements()).hasSizeBetween(1, Math.min(10_000, text.utf8().length));
                for (MetadataElement element : message.elements()) {
                    assertSound(element);
                }
                assertLettersSayTheSame(text, message);
                assertRemaindersSayTheSame(text, message);
            }
        }
    }

    private static void assertRefused(Utf8MessageBody text, MessageReadResult.Rejected refused) {
        assertSentence(refused.rejection());
        assertThat(refused.tokens()).isBetween(0, text.utf8().length);
        List<OutgoingMessage> letters =
                DeadLetterFactory.of(new MessageOutcome(queued(text), refused, List.of()), true);
        assertThat(letters).hasSize(1);
        assertThat(letters.getFirst().body()).isEqualTo(text.toString());
    }

    private static void assertSound(MetadataElement element) throws IOException {
        switch (element) {
            case Valid(TokenUpdate update) -> {
                assertThat(update.json().length()).isBetween(100, TokenLimits.MAX_BYTES);
                JsonNode token = INDEPENDENT.readTree(update.json().bytes());
                assertThat(token.isObject()).isTrue();
                assertThat(token.has("updated_at")).isFalse();
                assertThat(update.key().tokenId())
                        .isEqualTo(token.get("token_id").textValue().replaceFirst("^0+(?=.)", ""));
                assertThat(update.version().hash()).isEqualTo(update.json().hash());
                assertThat(update.version().time())
                        .isBetween(Instant.parse("2020-01-01T00:00:00Z"), SENT_AT.plus(Duration.ofMinutes(6)));
            }
            case Invalid(var raw, var _, Rejection rejection) -> {
                assertSentence(rejection);
                assertThat(INDEPENDENT.readTree(raw.bytes()).isMissingNode()).isFalse();
            }
        }
    }

    private static void assertSentence(Rejection rejection) {
        assertThat(rejection.detail()).matches("(?s).*[.?]").hasSizeLessThan(LONGEST_SENTENCE);
    }

    private static void assertLettersSayTheSame(Utf8MessageBody text, UpdateMessage message) {
        List<TokenOutcome> tokenOutcomes = outcomes(message, _ -> new TokenOutcome.Rejected(REFUSED, null));
        List<OutgoingMessage> letters = DeadLetterFactory.of(outcome(text, message, tokenOutcomes), true);
        letters.forEach(
                letter -> assertThat(OutgoingMessage.bytes(letter.attributes())).isLessThan(3 * 1024));
        assertThat(valid(letters)).isEqualTo(described(message.elements()));
        long refused =
                message.elements().stream().filter(Invalid.class::isInstance).count();
        assertThat(elements(letters).stream().filter(Invalid.class::isInstance)).hasSize((int) refused);
    }

    private static void assertRemaindersSayTheSame(Utf8MessageBody text, UpdateMessage message) {
        int accepted = message.elements().size() > 1
                ? text.utf8().length % message.elements().size()
                : -1;
        List<TokenOutcome> tokenOutcomes = outcomes(
                message,
                place -> place == accepted ? new TokenOutcome.Accepted() : new TokenOutcome.Returned(Duration.ZERO));
        MessageOutcome outcome = outcome(text, message, tokenOutcomes);
        if (MessageDisposition.on(outcome) instanceof MessageDisposition.Finished) {
            List<MetadataElement> returned = new ArrayList<>(message.elements());
            if (accepted >= 0) {
                returned.remove(accepted);
            }
            assertThat(valid(RemainderFactory.of(List.of(outcome)))).isEqualTo(described(returned));
        }
    }

    private static MessageOutcome outcome(
            Utf8MessageBody text, UpdateMessage message, List<TokenOutcome> tokenOutcomes) {
        return new MessageOutcome(queued(text), new MessageReadResult.ParsedMessage(message), tokenOutcomes);
    }

    private static QueuedMessage queued(Utf8MessageBody text) {
        return new QueuedMessage("a", "receipt", text, SENT_AT, 1, SENT_AT, 1, null);
    }

    private static List<TokenOutcome> outcomes(UpdateMessage message, IntFunction<TokenOutcome> ofValid) {
        var tokenOutcomes = new ArrayList<TokenOutcome>();
        for (int i = 0; i < message.elements().size(); i++) {
            tokenOutcomes.add(
                    switch (message.elements().get(i)) {
                        case Valid _ -> ofValid.apply(i);
                        case Invalid invalid -> new TokenOutcome.Rejected(invalid.rejection(), null);
                    });
        }
        return tokenOutcomes;
    }

    private static List<MetadataElement> elements(List<OutgoingMessage> written) {
        var elements = new ArrayList<MetadataElement>();
        for (OutgoingMessage message : written) {
            assertThat(OutgoingMessage.bytes(message.attributes()) + SqsTextEscaper.utf8Bytes(message.body()))
                    .isLessThanOrEqualTo(SqsLimits.BATCH_BYTES);
            byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
            MessageReadResult again = READER.read(body, SENT_AT);
            assertThat(again).isInstanceOf(MessageReadResult.ParsedMessage.class);
            elements.addAll(((MessageReadResult.ParsedMessage) again).message().elements());
        }
        return elements;
    }

    private static List<String> valid(List<OutgoingMessage> written) {
        return described(elements(written));
    }

    /** The valid elements, each with everything that must not change. */
    private static List<String> described(List<MetadataElement> elements) {
        return elements.stream()
                .<String>mapMulti((element, valid) -> {
                    if (element instanceof Valid(TokenUpdate update)) {
                        valid.accept(update.key() + " " + update.version() + " " + update.json());
                    }
                })
                .toList();
    }
}
