package dev.nftrefresh.pacing;

import dev.nftrefresh.table.Notes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps requests apart, so that never more than a number of them go in any second; time without requests is not saved up. */
final class Pace {
    private static final double NANOS_A_SECOND = 1e9;
    /** What is later was written by a clock that is far ahead. */
    private static final Duration LONGEST_AHEAD = Duration.ofMinutes(5);

    private static final String NEXT = "pace.next";

    private final Duration interval;
    private @Nullable Instant next;

    Pace(double maxRequestsPerSecond, Notes notes) {
        // Rounded up: at 3 a second, steps of 333,333,333 ns would let a fourth request into the second.
        interval = Duration.ofNanos((long) Math.ceil(NANOS_A_SECOND / maxRequestsPerSecond));
        next = notes.instant(NEXT);
    }

    void note(Notes notes) {
        notes.put(NEXT, next);
    }

    Duration interval() {
        return interval;
    }

    /** How long until the next request may go; zero if now. */
    Duration left(Instant now) {
        if (next == null || next.isAfter(now.plus(interval).plus(LONGEST_AHEAD))) {
            return Duration.ZERO;
        }
        return TimeLeft.until(next, now);
    }

    /** A request went. */
    void went(Instant now) {
        next = now.plus(interval);
    }

    /** The request that went last did not go after all. */
    void unused() {
        next = null;
    }
}
