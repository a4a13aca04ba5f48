package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.SENT_AT;
import static dev.nftrefresh.update.MessageReading.message;
import static dev.nftrefresh.update.MessageReading.readable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.update.UpdateMessage.Invalid;
import dev.nftrefresh.update.UpdateMessage.Valid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SingleTokenReaderTest {
    private static final CollectionId COLLECTION = new CollectionId(MessageReading.CHAIN, MessageReading.ADDRESS);

    /** Reads a text between others. */
    private static CheckedToken read(Object token) {
        byte[] before = "{\"é\":1}\n".getBytes(StandardCharsets.UTF_8);
        byte[] text = token.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[before.length + text.length + before.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(text, 0, all, before.length, text.length);
        System.arraycopy(before, 0, all, before.length + text.length, before.length);
        return new SingleTokenReader(COLLECTION, SENT_AT)
                .read(all, before.length, before.length + text.length, "line 7", new SourcePosition(7, 1));
    }

    private static Rejection refused(Object token) {
        assertThat(read(token)).isInstanceOf(CheckedToken.Invalid.class);
        return ((CheckedToken.Invalid) read(token)).rejection();
    }

    static Stream<Object> tokens() {
        TokenSource sword = TokenSource.sword();
        return Stream.of(
                sword,
                " " + sword + "\t",
                sword.with("rarity", "1." + "0".repeat(400)),
                sword.with("name", "\"\\ud83d\\ude00 \ud83d\ude00\""),
                sword.with("updated_at", "\"2026-11-23T09:00:00.5Z\""),
                TokenSource.sword("007").with("updated_at", "1795428000000"),
                sword.with("updated_at", "1795428000"),
                sword.with("updated_at", "null"),
                sword.with("updated_at", "\"2026-11-23T10:05:00.124Z\""),
                TokenSource.sword("-1"),
                sword.without("image"),
                sword.with("image", "5"),
                sword.with("attributes", "{}"),
                sword.ofBytes(16_384),
                sword.ofBytes(16_385),
                sword.with("rarity", "1" + " ".repeat(20_000)),
                "{}",
                "[1,2]",
                "\"text\"",
                "17",
                "null");
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void checksATokenLikeTheReaderOfMessages(Object token) {
        switch (readable(message(token)).elements().getFirst()) {
            case Valid(TokenUpdate update) -> {
                assertThat(read(token)).isInstanceOf(CheckedToken.Valid.class);
                var valid = (CheckedToken.Valid) read(token);
                assertThat(valid.key()).isEqualTo(update.key());
                assertThat(valid.json()).hasToString(update.json().toString());
                Instant time = valid.updatedAt() == null ? SENT_AT : valid.updatedAt();
                assertThat(time).isEqualTo(update.version().time());
            }
            case Invalid(var _, String tokenId, Rejection inMessage) -> {
                var invalid = (CheckedToken.Invalid) read(token);
                assertThat(invalid.tokenId()).isEqualTo(tokenId);
                assertThat(invalid.rejection().reason()).isEqualTo(inMessage.reason());
                assertThat(invalid.rejection().detail())
                        .isEqualTo(inMessage
                                .detail()
                                .replace("(nft_metadata[0])", "(line 7)")
                                .replace("nft_metadata[0]", "The token (line 7)")
                                .replace("the message was sent", "the file was uploaded"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{}{}",
                "{} x",
                "nul",
                "01",
                "{\"a\":1,\"a\":1}",
                "{\"a\":[{\"b\":1,\"b\":1}]}",
                "[1,]"
            })
    void rejectsAnythingButOneJsonText(String text) {
        Rejection rejection = refused(text);

        assertThat(rejection.reason()).isEqualTo(RejectReason.MALFORMED_JSON);
        assertThat(rejection.detail())
                .startsWith("The token (line 7) cannot be read as JSON: ")
                .endsWith(".")
                .doesNotContain("line 1");
    }

    @Test
    void saysThePlaceInTheFile() {
        assertThat(refused("{\"a\":x}").detail()).endsWith("(line 7, column 6).");
        assertThat(refused("{\n\"a\":\n x}").detail()).endsWith("(line 9, column 2).");
        assertThat(refused(" {\"a\": [1}").detail())
                .endsWith("expected ']' (for Array starting at line 7, column 8) (line 7, column 10).");
        assertThat(new SourcePosition(7, 30).place(1, 6)).isEqualTo("line 7, column 35");
    }

    @Test
    void makesOneCollectionOfTwoSpellings() {
        var upper = new CollectionId(
                MessageReading.CHAIN, "0x" + MessageReading.ADDRESS.substring(2).toUpperCase(Locale.ROOT));
        byte[] text = TokenSource.sword().toString().getBytes(StandardCharsets.UTF_8);

        CheckedToken token =
                new SingleTokenReader(upper, SENT_AT).read(text, 0, text.length, "line 1", SourcePosition.OF_ALL);

        assertThat(((CheckedToken.Valid) token).key().collection()).isEqualTo(COLLECTION);
    }
}
