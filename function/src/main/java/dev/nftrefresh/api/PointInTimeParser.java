package dev.nftrefresh.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the many ways in which an API may write a point in time: a date, seconds from now, or an epoch. */
final class PointInTimeParser {
    /** Windows last an hour; a time further ahead than this was misread. */
    private static final Duration FURTHEST = Duration.ofDays(7);

    /** The longest meaningful text, Go's with a monotonic reading, has some 70 characters. */
    private static final int LONGEST = 100;

    /** {@code 9}, {@code 9.61}, {@code 9.61-seconds}, {@code 9s}; 18 digits fit a long. */
    private static final Pattern NUMBER = Pattern.compile(
            "(?<number>[+-]?\\d{1,18}(?:\\.\\d*)?)(?<unit>[- ]?s(?:ecs?|econds?)?)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern QUOTED = Pattern.compile("([\"'])(.*)\\1");
    private static final BigDecimal EPOCH_SECONDS = new BigDecimal("1e9");
    private static final BigDecimal EPOCH_MILLIS = new BigDecimal("1e12");

    private PointInTimeParser() {}

    /** The point in time, rounded up to milliseconds; null if the text has none, or one more than 7 days ahead. */
    static @Nullable Instant read(String text, Instant now) {
        if (text.length() > LONGEST) {
            return null;
        }
        String bare = text.strip();
        Matcher quoted = QUOTED.matcher(bare);
        if (quoted.matches()) {
            bare = quoted.group(2).strip();
        }
        Matcher number = NUMBER.matcher(bare);
        Instant time = number.matches() ? fromNumber(number, now) : CalendarDateParser.read(bare);
        return time == null || time.isAfter(now.plus(FURTHEST)) ? null : time;
    }

    private static @Nullable Instant fromNumber(Matcher matcher, Instant now) {
        var number = new BigDecimal(matcher.group("number"));
        if (matcher.group("unit") == null) {
            if (number.compareTo(EPOCH_MILLIS) >= 0) {
                return Instant.ofEpochMilli(roundedUp(number));
            }
            if (number.compareTo(EPOCH_SECONDS) >= 0) {
                return Instant.ofEpochMilli(roundedUp(number.movePointRight(3)));
            }
        }
        if (number.signum() < 0) {
            return now;
        }
        boolean tooLong = number.compareTo(BigDecimal.valueOf(FURTHEST.toSeconds())) > 0;
        return tooLong ? null : now.plusMillis(roundedUp(number.movePointRight(3)));
    }

    private static long roundedUp(BigDecimal number) {
        return number.setScale(0, RoundingMode.CEILING).longValueExact();
    }
}
