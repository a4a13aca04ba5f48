package dev.nftrefresh.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a date with a time of day in the format of RFC 3339, Go or HTTP. With patterns rather than the JDK's
 * formatters, which load their calendar data when first used: tens of milliseconds of a cold start.
 */
final class CalendarDateParser {
    private static final String CLOCK = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";
    private static final List<Pattern> FORMS = List.of(
            // RFC 3339 `2024-04-16T11:06:07.4+02:00`, and Go's `2024-04-16 11:06:07.401553 +0000 UTC m=+0.1`
            Pattern.compile("(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)[Tt ]" + CLOCK
                    + "(?:\\.(?<fraction>\\d+))? ?(?<offset>[Zz]|[+-]\\d\\d:?\\d\\d)?"
                    + " ?(?<zone>[A-Za-z]{1,5}|[+-]\\d{2,4})?(?: m=[+-]\\d+(?:\\.\\d+)?)?"),
            // HTTP's `Sun, 06 Nov 1994 08:49:37 GMT`, and RFC 850's `Sunday, 06-Nov-94 08:49:37 GMT`
            Pattern.compile("(?:[A-Za-z]{3,9}, ?)?(?<day>\\d\\d?)[ -](?<month>[A-Za-z]{3})[ -](?<year>\\d{4}|\\d\\d) "
                    + CLOCK + "(?<fraction>)? (?<offset>[+-]\\d{4})?(?<zone>[A-Za-z]{1,5})?"),
            // C's asctime `Sun Nov  6 08:49:37 1994`
            Pattern.compile("[A-Za-z]{3} (?<month>[A-Za-z]{3}) {1,2}(?<day>\\d\\d?) " + CLOCK
                    + "(?<fraction>)?(?<offset>)?(?: (?<zone>[A-Za-z]{1,5}))? (?<year>\\d{4})"));
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final int MONTH_LETTERS = 3;

    private CalendarDateParser() {}

    /** The instant, rounded up to milliseconds; null if the text is not such a date. */
    static @Nullable Instant read(String text) {
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                try {
                    return instant(matcher);
                } catch (DateTimeException _) {
                    return null; // such as the 31st of February
                }
            }
        }
        return null;
    }

    private static @Nullable Instant instant(Matcher date) {
        ZoneOffset offset = offset(date.group("offset"), date.group("zone"));
        if (offset == null) {
            return null;
        }
        var local = LocalDateTime.of(
                year(date.group("year")),
                month(date.group("month")),
                Integer.parseInt(date.group("day")),
                Integer.parseInt(date.group("hour")),
                Integer.parseInt(date.group("minute")),
                Integer.parseInt(date.group("second")));
        return local.toInstant(offset).plusMillis(millisRoundedUp(date.group("fraction")));
    }

    /** An abbreviation beside an offset adds nothing; one alone is only unambiguous if it means UTC, as does none. */
    private static @Nullable ZoneOffset offset(@Nullable String offset, @Nullable String zone) {
        if (offset != null && !offset.isEmpty()) {
            return ZoneOffset.of(offset.toUpperCase(Locale.ROOT));
        }
        return zone == null || List.of("UTC", "GMT", "Z").contains(zone.toUpperCase(Locale.ROOT))
                ? ZoneOffset.UTC
                : null;
    }

    /** RFC 850's two-digit year: a current API means this century. */
    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return digits.length() == 2 ? 2000 + year : year;
    }

    private static int month(String text) {
        int letters = MONTHS.indexOf(text.toLowerCase(Locale.ROOT));
        if (text.length() == MONTH_LETTERS && letters >= 0 && letters % MONTH_LETTERS == 0) {
            return letters / MONTH_LETTERS + 1;
        }
        return Character.isDigit(text.charAt(0)) ? Integer.parseInt(text) : 0; // 0 is no month: the caller gets null
    }

    private static long millisRoundedUp(@Nullable String fraction) {
        return fraction == null || fraction.isEmpty()
                ? 0
                : new BigDecimal("0." + fraction)
                        .movePointRight(3)
                        .setScale(0, RoundingMode.CEILING)
                        .longValueExact();
    }
}
