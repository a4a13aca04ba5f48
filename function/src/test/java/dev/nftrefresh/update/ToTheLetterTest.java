package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.sent;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to the API is the producer's value to the letter: no number is rounded, no text altered. */
final class ToTheLetterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e400",
                "1e-400",
                "-0",
                "-0.0",
                "0.10",
                "1E+2",
                "1e02",
                "12345678901234567890.123456789",
                "12345678901234567890123456789012345678901234567890",
                "9007199254740993",
                "0.1e1",
                "100.000",
                "1E400"
            })
    void keepsNumbers(String number) {
        TokenSource token = TokenSource.sword()
                .with("attributes", "[{\"trait_type\":\"Power\",\"value\":" + number + "}]")
                .with("power", number)
                .with("powers", "[" + number + "]");

        assertThat(sent(token)).isEqualTo(token.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u00e9",
                "\\u00E9",
                "\\/",
                "/",
                "\\ud83d\\ude00",
                "\ud83d\ude00",
                "\\ud83d",
                "\\ude00\\ud83d",
                "\\u0000",
                "\\u000a",
                "\\n\\r\\t\\b\\f\\\\\\\"",
                "\u00e9\u20ac",
                "\u2028\u2029",
                "\u007f",
                "\ufeff",
                "\ufffd",
                "<script>&'",
                "\\u003c",
                "e\u0301",
                "   spaces   "
            })
    void keepsTexts(String text) {
        TokenSource token = TokenSource.sword()
                .with("name", '"' + text + '"')
                .with("attributes", "[{\"trait_type\":\"" + text + "\",\"value\":\"" + text + "\"}]")
                .with("more", "[{\"text\":\"" + text + "\"}]");

        assertThat(sent(token)).isEqualTo(token.toString());
    }

    @Test
    void keepsNames() {
        TokenSource token = TokenSource.sword()
                .with("\\u00e9", "1")
                .with("\ud83d\ude00", "{\"\\ud83d\\ude00\":1}")
                .with("\\/\\n", "1");

        assertThat(sent(token)).isEqualTo(token.toString());
    }

    @Test
    void keepsWhiteSpaceInTheToken() {
        String token = TokenSource.sword()
                .with("image", "null")
                .toString()
                .replace(":", " :\t")
                .replace(",", "\r\n,  ")
                .replace("{", "{ \n");

        assertThat(sent(token)).isEqualTo(token);
    }

    @Test
    void leavesOutWhiteSpaceAroundTheToken() {
        assertThat(sent("\n\t " + TokenSource.sword() + " \r\n"))
                .isEqualTo(TokenSource.sword().toString());
    }

    @Test
    void keepsNumbersOfThousandsOfDigits() {
        TokenSource token = TokenSource.sword()
                .with("power", "9".repeat(5_000) + "." + "8".repeat(5_000) + "e" + "7".repeat(5_000));

        assertThat(sent(token)).isEqualTo(token.toString());
    }
}
