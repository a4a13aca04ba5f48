package dev.nftrefresh.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.SeededProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeParserTest {
    private static final Instant NOW = Instant.parse("2024-04-16T11:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            2024-04-16 11:06:07.401553 +0000 UTC|2024-04-16T11:06:07.402Z
            2024-04-16 11:06:07.401000 +0000 UTC|2024-04-16T11:06:07.401Z
            2024-04-16 11:06:07.4010000000000001 +0000 UTC|2024-04-16T11:06:07.402Z
            2024-04-16 11:06:07.401553 +0000 UTC m=+0.100000001|2024-04-16T11:06:07.402Z
            2024-04-16 11:06:07.9999 +0000 UTC m=-12.5|2024-04-16T11:06:08Z
            2024-02-13 07:20:00 UTC|2024-02-13T07:20:00Z
            2024-04-16 07:20:00 +0000 UTC|2024-04-16T07:20:00Z
            2024-04-16 07:20:00 -0400 EDT|2024-04-16T11:20:00Z
            2024-04-16 16:50:00 +0530 +0530|2024-04-16T11:20:00Z
            2024-04-16 07:20:00.5|2024-04-16T07:20:00.500Z
            2024-04-16T11:06:07Z|2024-04-16T11:06:07Z
            2024-04-16t11:06:07.25z|2024-04-16T11:06:07.250Z
            2024-04-16T13:06:07.123456789+02:00|2024-04-16T11:06:07.124Z
            2024-04-16T06:36:07-04:30|2024-04-16T11:06:07Z
            Tue, 16 Apr 2024 11:06:07 GMT|2024-04-16T11:06:07Z
            Tue, 16 Apr 2024 11:06:07 UTC|2024-04-16T11:06:07Z
            Tue, 16 Apr 2024 13:06:07 +0200|2024-04-16T11:06:07Z
            Tue, 9 Apr 2024 11:06:07 GMT|2024-04-09T11:06:07Z
            Tuesday, 16-Apr-24 11:06:07 GMT|2024-04-16T11:06:07Z
            Tue Apr 16 11:06:07 2024|2024-04-16T11:06:07Z
            Tue Apr  9 11:06:07 2024|2024-04-09T11:06:07Z
            Tue Apr 16 11:06:07 UTC 2024|2024-04-16T11:06:07Z
            1000000000|2001-09-09T01:46:40Z
            1000000000000|2001-09-09T01:46:40Z
            1713265567|2024-04-16T11:06:07Z
            1713265567.0015|2024-04-16T11:06:07.002Z
            1713265567401|2024-04-16T11:06:07.401Z
            1713265567401.2|2024-04-16T11:06:07.402Z
            9|2024-04-16T11:00:09Z
            9.61|2024-04-16T11:00:09.610Z
            9.|2024-04-16T11:00:09Z
            9.6100001|2024-04-16T11:00:09.611Z
            9.61-seconds|2024-04-16T11:00:09.610Z
            59.98-Seconds|2024-04-16T11:00:59.980Z
            1-second|2024-04-16T11:00:01Z
            9 secs|2024-04-16T11:00:09Z
            9.61s|2024-04-16T11:00:09.610Z
            +9|2024-04-16T11:00:09Z
            0|2024-04-16T11:00:00Z
            -5|2024-04-16T11:00:00Z
            -1713265567|2024-04-16T11:00:00Z
            604800|2024-04-23T11:00:00Z
            604799.9999|2024-04-23T11:00:00Z
              9 |2024-04-16T11:00:09Z
            "9.61-seconds"|2024-04-16T11:00:09.610Z
            ' 2024-04-16T11:06:07Z ' |2024-04-16T11:06:07Z
            """)
    void every_format_of_a_time_is_read(String text, Instant time) {
        assertThat(PointInTimeParser.read(text, NOW)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "9 minutes",
                "9.61.2",
                ".",
                "-",
                "s",
                "1e3",
                "NaN",
                "Infinity",
                "٣",
                "0x9",
                "9,5",
                "604800.001",
                "604801",
                "999999999",
                "1714000000",
                "1714000000000",
                "1713265567-seconds",
                "999999999999999999",
                "1000000000000000000000",
                "2024-04-24T11:06:07Z",
                "9999-12-31T23:59:59Z",
                "2024-02-30T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "2024-04-16T24:00:00Z",
                "2024-04-16T11:60:00Z",
                "2024-04-16T11:06:07+19:00",
                "2024-04-16",
                "2024-04-16 07:20:00 EDT",
                "2024-04-16 07:20:00 CEST",
                "Tue, 16 Apl 2024 11:06:07 GMT",
                "Tue, 16 anf 2024 11:06:07 GMT",
                "Tue, 16 Apr 2024 11:06:07 PST",
                "Tue, 16 Apr 2024 11:06:07",
                "Tue, 31 Feb 2024 11:06:07 GMT",
                "Mon Apr 16 11:06:07",
                "\"9",
                "5, 5;w=1"
            })
    void a_text_without_a_time_or_over_7_days_ahead_is_not_read(String text) {
        assertThat(PointInTimeParser.read(text, NOW)).isNull();
    }

    @Test
    void an_endless_text_is_not_read() {
        assertThat(PointInTimeParser.read("9" + " ".repeat(99), NOW)).isEqualTo(NOW.plusSeconds(9));
        assertThat(PointInTimeParser.read("9" + " ".repeat(100), NOW)).isNull();
        assertThat(PointInTimeParser.read("9" + " ".repeat(10_000), NOW)).isNull();
        assertThat(PointInTimeParser.read("0." + "0".repeat(10_000), NOW)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "9.61-seconds, PT9.61S",
        "-3, PT0S",
        "2024-04-16T10:59:59Z, PT0S",
        "1713265200, PT0S",
        "1, PT1S",
        "2024-04-16T11:00:00.0001Z, PT0.001S"
    })
    void a_wait_is_the_time_ahead(String text, Duration wait) {
        assertThat(RetryAfterParser.read(text, NOW)).isEqualTo(wait);
    }

    @Test
    void a_wait_is_rounded_up_from_a_clock_that_has_nanoseconds() {
        Instant now = NOW.minusNanos(999_999);
        assertThat(RetryAfterParser.read("2024-04-16T11:00:00Z", now)).isEqualTo(Duration.ofMillis(1));
        assertThat(RetryAfterParser.read("9.61", now)).isEqualTo(Duration.ofMillis(9610));
    }

    @Test
    void a_wait_is_never_shorter_than_asked() {
        SeededProperty.of("a wait is never shorter than asked").check(choices -> {
            long micros = choices.note("micros", choices.between(0, 604_799_000_000L));
            long nanos = choices.note("nanos", choices.between(0, 999_999_999));
            Duration asked = Duration.of(micros, ChronoUnit.MICROS);
            Instant now = NOW.plusNanos(nanos);
            String seconds = "%d.%06d".formatted(micros / 1_000_000, micros % 1_000_000);
            assertThat(RetryAfterParser.read(seconds, now)).isBetween(asked, asked.plusMillis(1));
            assertThat(RetryAfterParser.read(now.plus(asked).toString(), now)).isBetween(asked, asked.plusMillis(2));
        });
    }

    @Test
    void garbage_never_throws_and_never_gives_a_negative_or_long_wait() {
        String letters = "0123456789.:-+ ,;TZtzGMUCSsecond=mw'\"AprueEx\t\u0000é";
        SeededProperty.of("garbage never throws nor waits backwards or for long")
                .tries(3_000)
                .check(choices -> {
                    String text = choices.note("text", choices.text(0, 60, letters));
                    Duration wait = RetryAfterParser.read(text, NOW);
                    if (wait != null) {
                        assertThat(wait).isBetween(Duration.ZERO, Duration.ofDays(7));
                    }
                    QuotaCountParser.read(text);
                });
    }

    @Test
    void no_text_at_all_throws() {
        SeededProperty.of("no text at all throws").check(choices -> {
            String text = choices.note("text", choices.text(0, 255));
            RetryAfterParser.read(text, NOW);
            QuotaCountParser.read(text);
        });
    }
}
