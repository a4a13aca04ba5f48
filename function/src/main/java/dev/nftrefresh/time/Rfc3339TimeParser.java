package dev.nftrefresh.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads RFC 3339 times. Each token has several, in its message and in its item of the table, and nearly all end in
 * {@code Z}: those are read digit by digit, as {@code java.time}'s formatter took an eighth of the function's CPU. It
 * reads the others.
 */
public final class Rfc3339TimeParser {
    private static final Pattern FORM = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d[Tt]([01]\\d|2[0-3]):\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

    /** {@code 2026-11-23T10:00:00} */
    private static final String SEPARATORS = "....-..-..T..:..:..";

    private static final int FRACTION = SEPARATORS.length() + 1;
    private static final int DIGITS_OF_NANOSECONDS = 9;

    private Rfc3339TimeParser() {}

    /** Whether a text has the format of such a time, although the time may not exist. */
    public static boolean isForm(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * The instant, to nanoseconds. A leap second is read as the second before it.
     *
     * @throws DateTimeException if the text does not have this format, or its time does not exist
     */
    public static Instant parse(String text) {
        Instant utc = utc(text);
        if (utc != null) {
            return utc;
        }
        if (!isForm(text)) {
            throw new DateTimeParseException("This is not an RFC 3339 time", text, 0);
        }
        return DateTimeFormatter.ISO_INSTANT.parse(text, Instant::from);
    }

    /** The instant of a text that ends in {@code Z}; null if it is anything else. */
    private static @Nullable Instant utc(String text) {
        int end = text.length() - 1;
        if (end < SEPARATORS.length() || text.charAt(end) != 'Z') {
            return null;
        }
        for (int i = 0; i < SEPARATORS.length(); i++) {
            if (SEPARATORS.charAt(i) != '.' && text.charAt(i) != SEPARATORS.charAt(i)) {
                return null;
            }
        }
        int year = number(text, 0, 4);
        int second = number(text, 17, 19);
        int nanos = nanos(text, end);
        if (year < 0 || second > 59 || nanos < 0) {
            return null;
        }
        return LocalDateTime.of(
                        year,
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        second,
                        nanos)
                .toInstant(ZoneOffset.UTC);
    }

    private static int nanos(String text, int end) {
        if (end == SEPARATORS.length()) {
            return 0;
        }
        int digits = end - FRACTION;
        if (text.charAt(SEPARATORS.length()) != '.' || digits < 1 || digits > DIGITS_OF_NANOSECONDS) {
            return -1;
        }
        int nanos = number(text, FRACTION, end);
        for (int i = digits; i < DIGITS_OF_NANOSECONDS && nanos > 0; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** The number of at most nine digits; negative if they are not digits. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
