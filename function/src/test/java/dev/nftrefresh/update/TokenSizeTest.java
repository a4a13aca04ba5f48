package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.message;
import static dev.nftrefresh.update.MessageReading.readable;
import static dev.nftrefresh.update.MessageReading.rejection;
import static dev.nftrefresh.update.MessageReading.sent;
import static dev.nftrefresh.update.MessageReading.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.update.UpdateMessage.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 16 KiB a token: 16,384 bytes over the wire. */
final class TokenSizeTest {
    private static String spacedAfterCommas(TokenSource token, String space) {
        return token.toString().replace(",\"", "," + space + '"');
    }

    @ParameterizedTest
    @ValueSource(ints = {16_383, 16_384})
    void takesUpTo16KiB(int bytes) {
        String token = TokenSource.sword().ofBytes(bytes).toString();

        assertThat(valid(token).json().length()).isEqualTo(bytes);
        assertThat(sent(token)).isEqualTo(token);
    }

    @Test
    void refusesOneByteMoreAndSaysHowManyThereAre() {
        Rejection rejection = rejection(TokenSource.sword("0042").ofBytes(16_385));

        assertThat(rejection.reason()).isEqualTo(RejectReason.TOKEN_TOO_LARGE);
        assertThat(rejection.detail())
                .isEqualTo("Token 42 (nft_metadata[0]) has 16,385 bytes, more than the 16,384 that the API takes.");
    }

    @Test
    void countsBytesNotCharacters() {
        String ascii = TokenSource.sword().ofBytes(16_384).toString();
        String twoBytes = ascii.replaceFirst("nnn", "n\u00e9");
        String fourBytes = ascii.replaceFirst("nnnn", "\ud83d\ude00");

        assertThat(valid(twoBytes).json().length()).isEqualTo(16_384);
        assertThat(valid(fourBytes).json().length()).isEqualTo(16_384);
        assertThat(rejection(ascii.replaceFirst("nnn", "nn\u00e9")).reason()).isEqualTo(RejectReason.TOKEN_TOO_LARGE);
        assertThat(rejection(ascii.replaceFirst("nnn", "\ud83d\ude00")).reason())
                .isEqualTo(RejectReason.TOKEN_TOO_LARGE);
    }

    @Test
    void countsAnEscapeAsItIsWritten() {
        String ascii = TokenSource.sword().ofBytes(16_384).toString();

        assertThat(sent(ascii.replaceFirst("n{6}", "\\\\u006e"))).hasSize(16_384);
        assertThat(rejection(ascii.replaceFirst("nnnnn", "\\\\u006e")).reason())
                .isEqualTo(RejectReason.TOKEN_TOO_LARGE);
    }

    @Test
    void doesNotCountTheTokensOwnTime() {
        TokenSource atTheLimit = TokenSource.sword().ofBytes(16_384);
        TokenSource overTheLimit = TokenSource.sword().ofBytes(16_385);

        assertThat(sent(atTheLimit.with("updated_at", "\"2026-11-23T08:00:00Z\"")))
                .isEqualTo(atTheLimit.toString());
        assertThat(rejection(overTheLimit.with("updated_at", "1795428000000")).detail())
                .contains("16,385");
    }

    @Test
    void keepsWhiteSpaceUpTo16KiB() {
        String token = spacedAfterCommas(TokenSource.sword().ofBytes(16_384 - 9), " ");

        assertThat(token).hasSize(16_384);
        assertThat(sent(token)).isEqualTo(token);
    }

    @Test
    void writesATokenWithoutWhiteSpaceThatWouldBeTooLargeWithIt() {
        TokenSource atTheLimit = TokenSource.sword().ofBytes(16_384);

        assertThat(sent(spacedAfterCommas(atTheLimit, " \r\n\t"))).isEqualTo(atTheLimit.toString());
    }

    @Test
    void measuresATokenWithoutWhiteSpace() {
        Rejection rejection = rejection(spacedAfterCommas(TokenSource.sword().ofBytes(16_385), "\n   "));

        assertThat(rejection.reason()).isEqualTo(RejectReason.TOKEN_TOO_LARGE);
        assertThat(rejection.detail()).contains("16,385");
    }

    @Test
    void writesATokenWithoutWhiteSpaceAlsoWhenItsOwnTimeIsCutOut() {
        TokenSource atTheLimit = TokenSource.sword().ofBytes(16_384);

        assertThat(sent(spacedAfterCommas(atTheLimit.with("updated_at", " 1795428000000"), " ")))
                .isEqualTo(atTheLimit.toString());
    }

    @Test
    void keepsTextsUnchangedWhereItRemovesWhiteSpace() {
        String first = "\" \\\" \\\\\"";
        String second = "\" : \\\\\\\" { }\\t\\u0020 [ 1 , 2 ] \"";
        TokenSource token = TokenSource.sword()
                .with("texts", "[" + first + "," + second + "]")
                .ofBytes(16_384);
        String spaced = spacedAfterCommas(token.with("texts", "[ " + first + " ,\r\n\t " + second + " ]"), "  ");

        assertThat(spaced).hasSizeGreaterThan(16_384);
        assertThat(sent(spaced)).isEqualTo(token.toString());
    }

    @Test
    void keepsTheNeighboursOfATokenThatIsTooLarge() {
        UpdateMessage message = readable(
                message(TokenSource.sword("1"), TokenSource.sword("2").ofBytes(900_000), TokenSource.sword("3")));

        assertThat(message.elements().get(0)).isInstanceOf(UpdateMessage.Valid.class);
        assertThat(message.elements().get(1)).isInstanceOfSatisfying(Invalid.class, invalid -> {
            assertThat(invalid.rejection().detail()).hasSizeLessThan(200);
            assertThat(invalid.raw().length()).isEqualTo(900_000);
        });
        assertThat(message.elements().get(2)).isInstanceOf(UpdateMessage.Valid.class);
    }

    @Test
    void countsTheBytesThatAreWritten() {
        TokenSource token = TokenSource.sword().with("name", "\"\u20ac\ud83d\ude00\"");

        assertThat(valid(token).json().length()).isEqualTo(token.toString().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void refusesOnlyTheTokenForANameThatIsTooLong() {
        TokenSource longest = TokenSource.sword().with("n".repeat(10_000), "1");

        assertThat(sent(longest)).isEqualTo(longest.toString());
        assertThat(rejection(TokenSource.sword().with("n".repeat(900_000), "1")).reason())
                .isEqualTo(RejectReason.TOKEN_TOO_LARGE);
    }

    @Test
    void refusesOnlyTheTokenForTooManyNames() {
        String names =
                IntStream.range(0, 50_000).mapToObj(i -> "\"n" + i + "\":1").collect(Collectors.joining(",", "{", "}"));

        assertThat(rejection(TokenSource.sword().with("names", names)).reason())
                .isEqualTo(RejectReason.TOKEN_TOO_LARGE);
    }
}
