package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.messageWith;
import static dev.nftrefresh.update.MessageReading.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import dev.nftrefresh.update.UpdateMessage.Invalid;
import dev.nftrefresh.update.UpdateMessage.MetadataElement;
import dev.nftrefresh.update.UpdateMessage.Valid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whatever bytes arrive, reading ends with a result, and what it calls a token is one. */
final class AnyBytesPropertyTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final byte[] MESSAGE = messageWith(
                    " \"updated_at\" : \"2026-11-23T09:00:00+01:00\" ,\n",
                    TokenSource.sword("1")
                            .with("updated_at", "1795428000000")
                            .with("x", "[1.5e3,{\"\u00e9\":\"\\u00e9\"}]"),
                    " " + TokenSource.sword("02").with("name", "\"\ud83d\ude00 \\ud83d\\ude00\"") + " ",
                    "{\"token_id\":3}",
                    "null")
            .getBytes(StandardCharsets.UTF_8);

    private static final List<String> PIECES = List.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\n",
            "0",
            "-",
            "1e400",
            "null",
            "\\u",
            "\\ud800",
            "\ufeff",
            "\"a\":1,",
            ",\"updated_at\":1",
            "\"updated_at\":1795428000000,",
            "{}",
            "/*",
            "NaN");

    /** What may be found in a queue: a message to which something was done. */
    private static byte[] mutated(ChoiceSequence choices) {
        byte[] bytes = MESSAGE;
        for (UnaryOperator<byte[]> change : choices.listOf(0, 4, AnyBytesPropertyTest::change)) {
            bytes = change.apply(bytes);
        }
        return bytes;
    }

    private static UnaryOperator<byte[]> change(ChoiceSequence choices) {
        int at = place(choices);
        return switch (choices.below(5)) {
            case 0 -> {
                int bit = choices.between(0, 7);
                yield bytes -> flipped(bytes, at, bit);
            }
            case 1 -> {
                byte[] piece = piece(choices);
                yield bytes -> replaced(bytes, at, at, piece);
            }
            case 2 -> {
                byte[] piece = piece(choices);
                yield bytes -> replaced(bytes, at, at + piece.length, piece);
            }
            case 3 -> {
                int length = choices.between(0, 60);
                yield bytes -> replaced(bytes, at, at + length, new byte[0]);
            }
            default -> {
                int to = place(choices);
                yield bytes -> replaced(bytes, to, to, slice(bytes, at, at + 30));
            }
        };
    }

    private static int place(ChoiceSequence choices) {
        return choices.between(0, MESSAGE.length + 40);
    }

    private static byte[] piece(ChoiceSequence choices) {
        return choices.flip() ? choices.bytes(0, 4) : choices.oneOf(PIECES).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aCorruptedMessageIsReadOrRejected() {
        SeededProperty.of("a message to which something was done is read or refused")
                .tries(5_000)
                .check(choices -> assertSound(noted(choices, mutated(choices))));
    }

    @Test
    void anyBytesAreReadOrRefused() {
        SeededProperty.of("any bytes are read or refused")
                .tries(2_000)
                .check(choices -> assertSound(noted(choices, choices.bytes(0, 255))));
    }

    private static byte[] noted(ChoiceSequence choices, byte[] body) {
        choices.note("body", new String(body, StandardCharsets.ISO_8859_1));
        return body;
    }

    private static void assertSound(byte[] body) throws IOException {
        switch (read(body)) {
            case MessageReadResult.ParsedMessage(UpdateMessage message) -> {
                List<JsonNode> written =
                        STRICT.readTree(body).get("nft_metadata").valueStream().toList();
                assertThat(message.elements()).hasSameSizeAs(written);
                for (int i = 0; i < written.size(); i++) {
                    assertThat(tree(message.elements().get(i)))
                            .isEqualTo(expected(message.elements().get(i), written.get(i)));
                }
            }
            case MessageReadResult.Rejected(Rejection rejection, var _) -> {
                assertThat(rejection.detail()).matches("(?s).*[.?]").hasSizeLessThan(500);
                if (rejection.reason() == RejectReason.INVALID_MESSAGE) {
                    assertThat(STRICT.readTree(body)).isNotNull();
                }
            }
        }
    }

    private static JsonNode tree(MetadataElement element) throws IOException {
        return STRICT.readTree(
                switch (element) {
                    case Valid(TokenUpdate update) -> update.json().bytes();
                    case Invalid(TokenJson raw, var _, var _) -> raw.bytes();
                });
    }

    private static JsonNode expected(MetadataElement element, JsonNode written) {
        if (element instanceof Valid && written instanceof ObjectNode token) {
            token.remove("updated_at");
        }
        return written;
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        byte[] changed = bytes.clone();
        if (at < changed.length) {
            changed[at] ^= (byte) (1 << bit);
        }
        return changed;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] piece) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(slice(bytes, 0, from));
        out.writeBytes(piece);
        out.writeBytes(slice(bytes, to, bytes.length));
        return out.toByteArray();
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        int start = Math.min(from, bytes.length);
        return Arrays.copyOfRange(bytes, start, Math.max(start, Math.min(to, bytes.length)));
    }
}
