package dev.nftrefresh.operator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times and numbers as people say them. */
public final class ReadableTime {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH);
    private static final DateTimeFormatter DATE_AND_TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH);

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT);

    private ReadableTime() {}

    /** Such as {@code 40 s}, {@code 23 min}, {@code 3 h 10 min}, {@code 2 days 4 h}. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 60) {
            return minutes + " min";
        }
        if (minutes < 48 * 60) {
            return two(minutes / 60, "h", minutes % 60, "min");
        }
        long hours = Math.round(seconds / 3600.0);
        return two(hours / 24, "days", hours % 24, "h");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return small == 0 ? large + " " + unit : large + " " + unit + " " + small + " " + smallUnit;
    }

    /** A time of day, with the date where it is not today. */
    public static String time(Instant time, Instant now) {
        ZonedDateTime then = time.atZone(ZoneOffset.UTC);
        ZonedDateTime today = now.atZone(ZoneOffset.UTC);
        if (then.toLocalDate().equals(today.toLocalDate())) {
            return TIME.format(then);
        }
        return (then.getYear() == today.getYear() ? DAY_AND_TIME : DATE_AND_TIME).format(then);
    }

    /** The time of day, to the second. */
    public static String clock(Instant time) {
        return CLOCK.format(time.atZone(ZoneOffset.UTC));
    }

    /** A moment that was: {@code 14:37 UTC, 23 min ago}. */
    public static String past(Instant time, Instant now) {
        return time(time, now) + ", " + duration(Duration.between(time, now)) + " ago";
    }

    /** A moment to come: {@code 15:00 UTC, in 23 min}. */
    public static String future(Instant time, Instant now) {
        return time(time, now) + ", in " + duration(Duration.between(now, time));
    }

    /** A version as a producer wrote it, to seconds. */
    public static String toSeconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Such as {@code 12,400}. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as {@code 1 message}, {@code 12,400 messages}. */
    public static String count(long number, String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }
}
