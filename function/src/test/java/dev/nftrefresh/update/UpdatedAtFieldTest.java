package dev.nftrefresh.update;

import static dev.nftrefresh.update.MessageReading.SENT_AT;
import static dev.nftrefresh.update.MessageReading.message;
import static dev.nftrefresh.update.MessageReading.messageWith;
import static dev.nftrefresh.update.MessageReading.readable;
import static dev.nftrefresh.update.MessageReading.refused;
import static dev.nftrefresh.update.MessageReading.rejection;
import static dev.nftrefresh.update.MessageReading.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of the message's {@code updated_at} holds of a token's own. */
final class UpdatedAtFieldTest {
    private static void assertRead(String json, Instant time) {
        assertThat(readable(messageWith("\"updated_at\":" + json + ",", TokenSource.sword()))
                        .updatedAt())
                .isEqualTo(time);
        assertThat(valid(TokenSource.sword().with("updated_at", json)).version().time())
                .isEqualTo(time);
    }

    private static void assertRefused(String json, String... words) {
        Rejection ofMessage = refused(messageWith("\"updated_at\":" + json + ",", TokenSource.sword()));
        assertThat(ofMessage.reason()).isEqualTo(RejectReason.INVALID_MESSAGE);
        assertThat(ofMessage.detail())
                .contains("updated_at")
                .contains(words)
                .endsWith(".")
                .doesNotEndWith("?.");

        Rejection ofToken = rejection(TokenSource.sword("3").with("updated_at", json));
        assertThat(ofToken.reason()).isEqualTo(RejectReason.INVALID_TOKEN);
        assertThat(ofToken.detail()).contains("Token 3", "updated_at").contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:00:00Z,                2026-11-23T10:00:00Z",
        "2026-11-23T10:00:00.1Z,              2026-11-23T10:00:00.100Z",
        "2026-11-23T10:00:00.123Z,            2026-11-23T10:00:00.123Z",
        "2026-11-23T10:00:00.123456789Z,      2026-11-23T10:00:00.123456789Z",
        "2026-11-23T10:00:00.000000001Z,      2026-11-23T10:00:00.000000001Z",
        "2026-11-23T11:30:00+01:30,           2026-11-23T10:00:00Z",
        "2026-11-22T23:00:00.5-11:00,         2026-11-23T10:00:00.500Z",
        "2026-11-23T10:00:00+00:00,           2026-11-23T10:00:00Z",
        "2026-11-23T10:00:00-00:00,           2026-11-23T10:00:00Z",
        "2026-11-23t10:00:00z,                2026-11-23T10:00:00Z",
        "2024-02-29T00:00:00Z,                2024-02-29T00:00:00Z",
        "2020-01-01T00:00:00Z,                2020-01-01T00:00:00Z",
        "2020-01-01T05:00:00+05:00,           2020-01-01T00:00:00Z"
    })
    void readsRfc3339ToNanoseconds(String text, Instant time) {
        assertRead('"' + text + '"', time);
    }

    @Test
    void readsALeapSecondAsTheSecondBeforeIt() {
        assertRead("\"2025-12-31T23:59:60Z\"", Instant.parse("2025-12-31T23:59:59Z"));
    }

    @Test
    void readsATextThatIsWrittenWithEscapes() {
        assertRead("\"2026-11-23T10:00:00\\u005a\"", Instant.parse("2026-11-23T10:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"1795428000123, 2026-11-23T10:00:00.123Z", "1577836800000, 2020-01-01T00:00:00Z"})
    void readsAnIntegerAsEpochMilliseconds(String number, Instant time) {
        assertRead(number, time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "1795428000123.0",
                "1.795428000123e12",
                "[]",
                "[1795428000123]",
                "{}",
                "{\"time\":{\"at\":[1]}}"
            })
    void rejectsAnythingButAStringOrAnInteger(String json) {
        assertRefused(json, "neither an RFC 3339 text nor an integer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "1795428000123",
                "2026-11-23",
                "2026-11-23T10:00:00",
                "2026-11-23T10:00Z",
                "2026-11-23 10:00:00Z",
                "2026-11-23T10:00:00.Z",
                "2026-11-23T10:00:00,5Z",
                "2026-11-23T10:00:00.1234567890Z",
                "2026-11-23T10:00:00+0100",
                "2026-11-23T10:00:00+01",
                "2026-11-23T10:00:00+01:00:00",
                "2026-11-23T10:00:00 Z",
                " 2026-11-23T10:00:00Z",
                "2026-11-23T10:00:00Z ",
                "2026-11-23T10:00:00ZZ",
                "26-11-23T10:00:00Z",
                "+2026-11-23T10:00:00Z",
                "+12026-11-23T10:00:00Z",
                "2026-1-23T10:00:00Z",
                "\uff12026-11-23T10:00:00Z",
                "2026-11-23T10:00:00Z[UTC]",
                "Mon, 23 Nov 2026 10:00:00 GMT",
                "2026-11-22T24:00:00Z"
            })
    void refusesATextThatIsNotRfc3339(String text) {
        assertRefused('"' + text + '"', "RFC 3339");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-00-10T10:00:00Z",
                "2026-11-31T10:00:00Z",
                "2026-11-23T09:60:00Z",
                "2026-11-23T09:00:61Z",
                "2026-11-23T09:00:00+00:60"
            })
    void refusesATimeThatDoesNotExist(String text) {
        assertRefused('"' + text + '"', "does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1795428000",
                "0",
                "-0",
                "-1795428000123",
                "1577836799999",
                "\"2019-12-31T23:59:59.999999999Z\"",
                "\"2020-01-01T00:00:00+00:01\"",
                "\"0001-01-01T00:00:00Z\""
            })
    void refusesATimeBefore2020BecauseSecondsWereTakenForMilliseconds(String json) {
        assertRefused(json, "before 2020", "seconds");
    }

    @Test
    void acceptsATimeUpTo5MinutesAfterTheMessageWasSent() {
        Instant latest = SENT_AT.plusSeconds(300);

        assertRead('"' + latest.toString() + '"', latest);
        assertRead(Long.toString(latest.toEpochMilli()), latest);
    }

    @Test
    void refusesATimeThatIsAnythingLater() {
        Instant latest = SENT_AT.plusSeconds(300);

        assertRefused('"' + latest.plusNanos(1).toString() + '"', "more than 5 minutes after", SENT_AT.toString());
        assertRefused(Long.toString(latest.toEpochMilli() + 1), "more than 5 minutes after");
        assertRefused("1795428000123000", "more than 5 minutes after");
        assertRefused("\"9999-12-31T23:59:59Z\"", "more than 5 minutes after");
        assertRefused(Long.toString(Long.MAX_VALUE), "more than 5 minutes after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "100000000000000000000000000000"})
    void rejectsAnImpossibleEpoch(String number) {
        assertRefused(number, "epoch milliseconds");
    }

    @Test
    void refusesAMessageForItsTimeThoughEveryTokenHasItsOwn() {
        String body = messageWith("\"updated_at\":1,", TokenSource.sword().with("updated_at", "1795428000000"));

        assertThat(refused(body).reason()).isEqualTo(RejectReason.INVALID_MESSAGE);
    }

    @Test
    void fallsBackToWhenSqsGotTheMessage() {
        assertThat(readable(message(TokenSource.sword())).updatedAt()).isEqualTo(SENT_AT);
        assertThat(valid(TokenSource.sword()).version().time()).isEqualTo(SENT_AT);
    }
}
