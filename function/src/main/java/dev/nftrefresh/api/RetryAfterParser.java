package dev.nftrefresh.api;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads how long the API asks a caller to wait. */
final class RetryAfterParser {
    private RetryAfterParser() {}

    /** The wait, rounded up to milliseconds, zero if it is over; null if the text has none, or one of over 7 days. */
    static @Nullable Duration read(String text, Instant now) {
        Instant end = PointInTimeParser.read(text, now);
        if (end == null) {
            return null;
        }
        return end.isAfter(now)
                ? Duration.between(now, end).plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS)
                : Duration.ZERO;
    }
}
