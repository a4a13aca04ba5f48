package dev.nftrefresh.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyRedactorTest {
    private static final String KEY = "sk_imapik-test-Zm9vYmFyMTIz+/=_x";
    private static final Instant NOW = Instant.parse("2024-04-16T11:00:00Z");
    private static final List<String> FIELDS = List.of(
            "code",
            "message",
            "trace_id",
            "details",
            "link",
            "imx_refreshes_limit",
            "imx_remaining_refreshes",
            "imx_refresh_limit_reset",
            "retry_after");
    private static final List<String> HEADERS = List.of(
            "imx-refreshes-limit", "imx-remaining-refreshes", "imx-refresh-limit-reset", "retry-after", "x-other");
    private static final List<Integer> STATUSES =
            List.of(200, 202, 301, 400, 401, 403, 404, 418, 429, 500, 502, 503, 504);

    private static String redact(String text) {
        return new ApiKeyRedactor(KEY).redact(text);
    }

    private static String each(String text, String format) {
        return text.chars().mapToObj(format::formatted).collect(Collectors.joining());
    }

    /** As servers write it that do not write it as it came. */
    static Stream<String> echoes() {
        return Stream.of(
                        KEY,
                        KEY.toUpperCase(Locale.ROOT),
                        URLEncoder.encode(KEY, UTF_8),
                        URLEncoder.encode(URLEncoder.encode(KEY, UTF_8), UTF_8),
                        each(KEY, "%%%02x"),
                        each(KEY, "\\u%04x"),
                        each(KEY, "\\\\u%04x"),
                        each(KEY, "\\x%02X"),
                        each(KEY, "&#%d;"),
                        each(KEY, "&#x%x;"),
                        each(KEY, "%c "),
                        each(KEY, "%c\u200b"),
                        each(KEY, "%c\n"),
                        each(KEY, "%c\\n"),
                        each(KEY, "\\%c")
                                .replace("\\n", "n")
                                .replace("\\t", "t")
                                .replace("\\b", "b")
                                .replace("\\r", "r")
                                .replace("\\f", "f")
                                .replace("\\x", "x")
                                .replace("\\u", "u"),
                        KEY.replace("/", "\\/"),
                        Base64.getEncoder().encodeToString(KEY.getBytes(UTF_8)),
                        Base64.getUrlEncoder().encodeToString(KEY.getBytes(UTF_8)),
                        Base64.getEncoder().encodeToString((":" + KEY).getBytes(UTF_8)),
                        Base64.getEncoder().encodeToString(("u:" + KEY + ":").getBytes(UTF_8)),
                        HexFormat.of().formatHex(KEY.getBytes(UTF_8)),
                        HexFormat.of().withUpperCase().formatHex(KEY.getBytes(UTF_8)))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void anEchoIsRemovedAndTheTextAroundItStays(String echo) {
        String redacted = redact("The key <" + echo + "> is not valid.");

        assertThat(redacted).startsWith("The key <").endsWith("> is not valid.").contains("[API key]");
        // Characters at the ends of Base64 that what stands around the key has a part in.
        assertThat(redacted.replace("[API key]", "")).hasSizeLessThan("The key <> is not valid.".length() + 12);
    }

    @Test
    void aPartOfEightCharactersIsRemoved() {
        for (int from = 0; from + 8 <= KEY.length(); from++) {
            assertThat(redact("(" + KEY.substring(from, from + 8) + ")"))
                    .as("from %d", from)
                    .isEqualTo("([API key])");
        }
        assertThat(redact("(Zm9vYmF)")).isEqualTo("(Zm9vYmF)");
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 15, 20, 31})
    void theBeginningOfTheKeyIsRemovedHoweverShortItWasCut(int length) {
        assertThat(redact("Key " + KEY.substring(0, length) + "… is unknown")).isEqualTo("Key [API key]… is unknown");
    }

    @Test
    void anotherSecretKeyIsRemovedToo() {
        assertThat(redact("Use sk_imapik-OLD_key-42, not this.")).isEqualTo("Use [API key], not this.");
    }

    @Test
    void otherTextStays() {
        String text =
                "nft_metadata[17]: 100%, \\u00e9 &amp; &#233; %zz \\ \u200b é token 123456789012345678901234567890";
        assertThat(redact(text)).isEqualTo(text);
    }

    @Test
    void aShortKeyIsRemovedWhole() {
        assertThat(new ApiKeyRedactor("abc").redact("1 abc 2 ab c 3")).isEqualTo("1 [API key] 2 [API key] 3");
        assertThat(new ApiKeyRedactor("").redact("abc")).isEqualTo("abc");
    }

    @Test
    void aTruncatedTextStays() {
        for (String text : List.of("%", "%2", "\\", "\\u00", "\\x", "&", "&#", "&#x", "&#;", "&#99999999;")) {
            assertThat(redact(text)).isEqualTo(text);
        }
    }

    /** All that becomes of an answer, as it would be logged. */
    private static String written(int status, Map<String, List<String>> headers, String body) {
        return RefreshOutcomeReader.read(
                        status, HttpHeaders.of(headers, (_, _) -> true), body.getBytes(UTF_8), KEY, NOW)
                .toString();
    }

    private static void assertNoPartOfTheKey(String written) {
        String bare = written.toLowerCase(Locale.ROOT);
        String key = KEY.toLowerCase(Locale.ROOT);
        for (int from = 0; from + 8 <= key.length(); from++) {
            assertThat(bare).doesNotContain(key.substring(from, from + 8));
        }
        // A cut between would leave less than eight characters, but never one that shows what was cut.
        assertThat(bare).doesNotContain("sk_imapik-");
    }

    @Test
    void noFieldOfAnyAnswerBringsItIntoAnOutcome() {
        for (int status : STATUSES) {
            for (String field : FIELDS) {
                assertNoPartOfTheKey(written(status, Map.of(), "{\"" + field + "\":\"" + KEY + "\"}"));
                assertNoPartOfTheKey(written(status, Map.of(), "{\"details\":{\"" + field + "\":\"" + KEY + "\"}}"));
                assertNoPartOfTheKey(written(status, Map.of(), "{\"" + field + "\":[{\"" + KEY + "\":1}]}"));
                assertNoPartOfTheKey(written(status, Map.of(), "{\"" + field + "\":\"" + each(KEY, "\\u%04x") + "\"}"));
            }
        }
    }

    @Test
    void noHeaderOfAnyAnswerBringsItIntoAnOutcome() {
        for (int status : STATUSES) {
            for (String header : HEADERS) {
                assertNoPartOfTheKey(written(status, Map.of(header, List.of("7 " + KEY, KEY)), ""));
            }
        }
    }

    @Test
    void whereverATextIsCutNoPartOfTheKeyIsLeft() {
        for (int limit : List.of(100, 200, 500, 4096)) {
            IntStream.range(limit - KEY.length() - 20, limit + 2).forEach(before -> {
                String text = "x".repeat(before) + " " + KEY;
                for (String field : List.of("code", "message", "trace_id", "details", "retry_after")) {
                    assertNoPartOfTheKey(written(429, Map.of(), "{\"" + field + "\":\"" + text + "\"}"));
                }
                assertNoPartOfTheKey(written(429, Map.of("retry-after", List.of(text)), ""));
            });
        }
    }

    @Test
    void aBodyTruncatedWithinTheKeyLeavesNoPartOfIt() {
        for (int length = 8; length <= KEY.length(); length++) {
            assertNoPartOfTheKey(written(400, Map.of(), "{\"details\":{\"sent\":\"" + KEY.substring(0, length)));
        }
    }

    @Test
    void aTextOf64KiBTakesAFewRoundsOfIt() {
        // What looks like an escape at each place, or nearly like the key.
        for (String piece :
                List.of("%", "%25", "\\", "\\u005c", "&#", "&#38;", "sk_imapik", KEY.substring(0, 7), KEY)) {
            String text = piece.repeat(64 * 1024 / piece.length());
            assertThat(redact(text).length()).isLessThanOrEqualTo(text.length());
        }
    }
}
