package dev.nftrefresh.local.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
final class ReadableTimeText {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private ReadableTimeText() {}

    /** Such as {@code 0:38} or {@code 12:00:07}; a part of a second counts as one. */
    static String duration(Duration time) {
        Duration whole =
                Duration.ofSeconds(Math.max(0, time.plusNanos(999_999_999).toSeconds()));
        return whole.toHours() == 0
                ? String.format(Locale.ROOT, "%d:%02d", whole.toMinutes(), whole.toSecondsPart())
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", whole.toHours(), whole.toMinutesPart(), whole.toSecondsPart());
    }

    /** The time of day on this machine. */
    static String clock(Instant time) {
        return CLOCK.format(time.atZone(ZoneId.systemDefault()));
    }
}
