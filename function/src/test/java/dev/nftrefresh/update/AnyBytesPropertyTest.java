package dev.nftrefresh.update;

import static dev.nftrefresh.update.Reading.messageWith;
import static dev.nftrefresh.update.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nftrefresh.update.UpdateMessage.Element;
import dev.nftrefresh.update.UpdateMessage.Invalid;
import dev.nftrefresh.update.UpdateMessage.Valid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever bytes arrive, reading ends with a result, and what it calls a token is one. */
final class AnyBytesPropertyTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final byte[] MESSAGE = messageWith(
                    " \"updated_at\" : \"2026-11-23T09:00:00+01:00\" ,\n",
                    TokenText.sword("1")
                            .with("updated_at", "1795428000000")
                            .with("x", "[1.5e3,{\"\u00e9\":\"\\u00e9\"}]"),
                    " " + TokenText.sword("02").with("name", "\"\ud83d\ude00 \\ud83d\\ude00\"") + " ",
                    "{\"token_id\":3}",
                    "null")
            .getBytes(StandardCharsets.UTF_8);

    /** What may be found in a queue: a message to which something was done. */
    @Provide
    Arbitrary<byte[]> mutations() {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, MESSAGE.length + 40);
        Arbitrary<byte[]> text = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(4),
                Arbitraries.of(
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
                                "NaN")
                        .map(piece -> piece.getBytes(StandardCharsets.UTF_8)));
        Arbitrary<UnaryOperator<byte[]>> flip = Combinators.combine(
                        place, Arbitraries.integers().between(0, 7))
                .as((at, bit) -> bytes -> flipped(bytes, at, bit));
        Arbitrary<UnaryOperator<byte[]>> insert =
                Combinators.combine(place, text).as((at, piece) -> bytes -> replaced(bytes, at, at, piece));
        Arbitrary<UnaryOperator<byte[]>> overwrite = Combinators.combine(place, text)
                .as((at, piece) -> bytes -> replaced(bytes, at, at + piece.length, piece));
        Arbitrary<UnaryOperator<byte[]>> cut = Combinators.combine(
                        place, Arbitraries.integers().between(0, 60))
                .as((at, length) -> bytes -> replaced(bytes, at, at + length, new byte[0]));
        Arbitrary<UnaryOperator<byte[]>> repeat = Combinators.combine(place, place)
                .as((from, to) -> bytes -> replaced(bytes, to, to, slice(bytes, from, from + 30)));
        return Arbitraries.oneOf(List.of(flip, insert, overwrite, cut, repeat))
                .list()
                .ofMaxSize(4)
                .map(changes -> {
                    byte[] bytes = MESSAGE;
                    for (UnaryOperator<byte[]> change : changes) {
                        bytes = change.apply(bytes);
                    }
                    return bytes;
                });
    }

    @Property(tries = 5_000)
    void aMessageToWhichSomethingWasDoneIsReadOrRefused(@ForAll("mutations") byte[] body) throws IOException {
        assertSound(body);
    }

    @Property(tries = 2_000)
    void anyBytesAreReadOrRefused(@ForAll byte[] body) throws IOException {
        assertSound(body);
    }

    private static void assertSound(byte[] body) throws IOException {
        switch (read(body)) {
            case ReadResult.Read(UpdateMessage message) -> {
                List<JsonNode> written =
                        STRICT.readTree(body).get("nft_metadata").valueStream().toList();
                assertThat(message.elements()).hasSameSizeAs(written);
                for (int i = 0; i < written.size(); i++) {
                    assertThat(tree(message.elements().get(i)))
                            .isEqualTo(expected(message.elements().get(i), written.get(i)));
                }
            }
            case ReadResult.Refused(Rejection rejection, var _) -> {
                assertThat(rejection.detail()).endsWith(".").hasSizeLessThan(500);
                if (rejection.reason() == RejectReason.INVALID_MESSAGE) {
                    assertThat(STRICT.readTree(body)).isNotNull();
                }
            }
        }
    }

    private static JsonNode tree(Element element) throws IOException {
        return STRICT.readTree(
                switch (element) {
                    case Valid(TokenUpdate update) -> update.json().bytes();
                    case Invalid(TokenJson raw, var _, var _) -> raw.bytes();
                });
    }

    private static JsonNode expected(Element element, JsonNode written) {
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
