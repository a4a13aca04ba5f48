package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.message;
import static dev.nftrefresh.update.MessageReading.messageWith;
import static dev.nftrefresh.update.MessageReading.read;
import static dev.nftrefresh.update.MessageReading.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MalformedJsonTest {
    private static void assertMalformed(String body) {
        assertThat(refused(body).reason()).isEqualTo(RejectReason.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-Infinity",
                "01",
                "-01",
                "+1",
                ".5",
                "1.",
                "1e",
                "1e+",
                "-",
                "0x10",
                "1_000",
                "1 2",
                "'single'",
                "True",
                "nul",
                "undefined",
                "/* comment */ 1",
                "1 // comment\n",
                "1 # comment\n",
                "\"tab\tin text\"",
                "\"line\nin text\"",
                "\"\u0000\"",
                "\"\\x41\"",
                "\"\\u12g4\"",
                "\"\\\"",
                "\"open",
                "[1,]",
                "[,1]",
                "[1 1]",
                "[",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{\"a\" 1}",
                "{\"a\":}",
                "{1:1}",
                "{'a':1}",
                "",
                "\u00a01",
                "\u000b1",
                "\u000c1",
                "}",
                "]"
            })
    void rejectsMalformedJsonInAnotherField(String value) {
        assertMalformed(message(TokenSource.sword().with("rarity", value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\x41\"", "\"tab\tin text\"", "01", "NaN", "\"\\u12g4\""})
    void rejectsMalformedJsonAtAnyDepth(String value) {
        assertMalformed(message(TokenSource.sword().with("rarity", "[{\"a\":[" + value + "]}]")));
        assertMalformed(message(TokenSource.sword().with("name", value)));
        assertMalformed(message(TokenSource.sword().with("attributes", "[{\"trait_type\":" + value + "}]")));
        assertMalformed(message(value));
        assertMalformed(messageWith("\"typo\":" + value + ","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", "[]", "1", "\"text\"", ",", "}", "\u0000", "\ufeff", "/**/"})
    void refusesTextAfterTheMessage(String rest) {
        assertMalformed(message(TokenSource.sword()) + rest);
        assertMalformed(message(TokenSource.sword()) + "\n" + rest);
    }

    @Test
    void acceptsWhiteSpaceAroundTheMessage() {
        assertThat(read(" \t\r\n" + message(TokenSource.sword()) + " \t\r\n"))
                .isInstanceOf(MessageReadResult.ParsedMessage.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "\n\t\r ", "not json", "{", "{\"chain_name\":", "{\"chain_name\"", "\"open", "nul"})
    void rejectsABodyThatIsNotJson(String body) {
        assertMalformed(body);
    }

    @Test
    void refusesABodyThatEndsAnywhereBeforeItsEnd() {
        String body = message(TokenSource.sword().with("updated_at", "\"2026-11-23T09:00:00Z\""));
        for (int length = 0; length < body.length(); length++) {
            assertMalformed(body.substring(0, length));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"rarity\":1,\"rarity\":1",
                "\"rarity\":1,\"rar\\u0069ty\":2",
                "\"\ud83d\ude00\":1,\"\\ud83d\\ude00\":2",
                "\"\":1,\"\":2",
                "\"name\":null",
                "\"rarity\":{\"a\":1,\"b\":2,\"a\":3}",
                "\"rarity\":[[{\"x\":{\"a\":1,\"a\":null}}]]",
                "\"updated_at\":1,\"updated_at\":1",
                "\"updated_at\":1,\"updated\\u005fat\":1"
            })
    void rejectsADuplicateKeyInAnObjectOfAToken(String members) {
        String token = TokenSource.sword().toString();
        assertMalformed(message(token.substring(0, token.length() - 1) + "," + members + "}"));
    }

    @Test
    void rejectsADuplicateKeyInAnAttribute() {
        assertMalformed(message(
                TokenSource.sword().with("attributes", "[{\"trait_type\":\"a\",\"value\":1,\"max\":1,\"max\":2}]")));
        assertMalformed(message(
                TokenSource.sword().with("attributes", "[{\"trait_type\":\"a\",\"trait_type\":\"b\",\"value\":1}]")));
    }

    @Test
    void rejectsADuplicateKeyInTheEnvelope() {
        assertMalformed(messageWith("\"chain_name\":\"imtbl-zkevm-testnet\",", TokenSource.sword()));
        assertMalformed(messageWith("\"nft_metadata\":[],", TokenSource.sword()));
        assertMalformed(messageWith("\"typo\":1,\"typo\":1,", TokenSource.sword()));
    }

    @Test
    void namesTheDuplicateKeyAndItsPlace() {
        assertThat(refused("{\"chain_name\":1,\n\"chain_name\":2}").detail())
                .contains("chain_name")
                .contains("line 2");
    }

    @Test
    void acceptsAKeyOnceInEachOfSeveralObjects() {
        assertThat(MessageReading.updates(message(
                        TokenSource.sword("1").with("x", "{\"name\":{\"name\":1}}"),
                        TokenSource.sword("2").with("x", "[{\"a\":1},{\"a\":1}]"))))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "c080",
                "c1a2",
                "c3",
                "c328",
                "e08080",
                "e282",
                "eda080",
                "edbfbf",
                "f0808080",
                "f09f98",
                "f4908080",
                "f5808080",
                "f888808080",
                "ff",
                "fe"
            })
    void refusesBytesThatAreNotUtf8(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex);
        assertMalformedWith(bad, TokenSource.sword().with("name", "\"@\""));
        assertMalformedWith(bad, TokenSource.sword().with("rarity", "\"@\""));
        assertMalformedWith(bad, TokenSource.sword().with("rarity", "[{\"a\":\"@\"}]"));
        assertMalformedWith(bad, TokenSource.sword().with("@", "1"));
        assertMalformedWith(bad, TokenSource.sword().with("rarity", "{\"a@b\":1}"));
    }

    private static void assertMalformedWith(byte[] bad, TokenSource token) {
        Charset bytes = StandardCharsets.ISO_8859_1;
        byte[] body = message(token).replace("@", new String(bad, bytes)).getBytes(bytes);
        assertThat(refused(body).reason()).isEqualTo(RejectReason.MALFORMED_JSON);
    }

    /** RFC 8259, 8.1: no byte order mark, and UTF-8 only. A guess at the encoding could only be wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
    void refusesOtherEncodings(String charset) {
        byte[] body = message(TokenSource.sword()).getBytes(Charset.forName(charset));
        assertThat(refused(body).reason()).isEqualTo(RejectReason.MALFORMED_JSON);
    }

    @Test
    void refusesAByteOrderMark() {
        assertMalformed("\ufeff" + message(TokenSource.sword()));
    }

    @Test
    void saysInOneSentenceWhatIsWrongAndWhereWithoutTheTextAround() {
        String detail = refused("{\"chain_name\":\n  \"secret\", nope}").detail();

        assertThat(detail)
                .startsWith("The body cannot be read as JSON: ")
                .contains("line 2")
                .endsWith(".")
                .doesNotContain("secret", "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "-Infinity",
                "+1",
                ".5",
                "01",
                "1e",
                "True",
                "'single'",
                "/* comment */ 1",
                "\"open",
                "\"\\x41\"",
                "[1",
                "[1}",
                "{\"a\":1]",
                "{\"a\":1",
                "{\"a"
            })
    void givesNoAdviceMeantForTheParsersDeveloper(String value) {
        for (String body : new String[] {value, "{\"chain_name\":" + value + "}", "{\"chain_name\":" + value}) {
            assertThat(refused(body).detail())
                    .startsWith("The body cannot be read as JSON: ")
                    .endsWith(").")
                    .doesNotContain(
                            "Feature",
                            "enable",
                            "Source",
                            "REDACTED",
                            "`",
                            "VALUE_",
                            "FIELD_NAME",
                            "in null",
                            "JSON String");
        }
    }

    @Test
    void saysWhereAnUnclosedValueBegins() {
        assertThat(refused("{\"a\":\n [1}").detail())
                .isEqualTo("The body cannot be read as JSON: Unexpected close marker '}': expected ']' (for Array "
                        + "starting at line 2, column 2) (line 2, column 4).");
        assertThat(refused("{\"a\":1").detail())
                .isEqualTo("The body cannot be read as JSON: Unexpected end-of-input: expected close marker for Object "
                        + "(start marker at line 1, column 1) (line 1, column 7).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": enable `JsonReadFeature.X` to allow",
                " in VALUE_STRING",
                " (not recognized as one since Feature 'X' not enabled for parser)",
                "(for Array starting at [Source: REDACTED (`X` disabled); line: 1, column: 6])"
            })
    void quotesAKeyUnchangedEvenIfItReadsLikeAdvice(String key) {
        assertThat(refused("{\"" + key + "\":1,\"" + key + "\":1}").detail())
                .contains("'" + key + "' (line 1, column ");
    }

    @Test
    void keepsTheSentenceShortHoweverLongTheKey() {
        String key = "k".repeat(100_000);
        assertThat(refused("{\"" + key + "\":1,\"" + key + "\":1}").detail()).hasSizeLessThan(500);
    }

    @Test
    void countsNoTokensInWhatCannotBeRead() {
        assertThat(read("{\"nft_metadata\":[1,2"))
                .isInstanceOfSatisfying(
                        MessageReadResult.Rejected.class,
                        refused -> assertThat(refused.tokens()).isZero());
    }
}
