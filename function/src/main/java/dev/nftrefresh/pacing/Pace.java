package dev.nftrefresh.pacing;

import java.time.Duration;
import java.time.Instant;

/** Keeps requests apart, so that never more than a number of them go in any second; time without requests is not saved up. */
final class Pace {
    private static final double NANOS_A_SECOND = 1e9;

    private final Duration interval;
    private Instant next = Instant.MIN;

    Pace(double maxRequestsPerSecond) {
        if (!(maxRequestsPerSecond > 0) || maxRequestsPerSecond == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "The requests a second must be a number above 0: " + maxRequestsPerSecond);
        }
        // Rounded up: at 3 a second, steps of 333,333,333 ns would let a fourth request into the second.
        interval = Duration.ofNanos((long) Math.ceil(NANOS_A_SECOND / maxRequestsPerSecond));
    }

    /** How long until the next request may go; zero if now. */
    Duration left(Instant now) {
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    /** A request went. */
    void went(Instant now) {
        next = now.plus(interval);
    }
}
