package dev.nftrefresh.pacing;

import java.time.Duration;
import java.time.Instant;

/**
 * In what portions the quota comes back.
 *
 * @param requests full ones that a portion is enough for
 * @param every the time from one portion to the next
 * @param first when the next portion is there
 */
record Rhythm(double requests, Duration every, Instant first) {
    /** Who comes back in vain costs one receive, and a portion that nobody came for is lost. */
    private static final double OVERBOOKED = 1.05;
    /** Each poller of the queue builds an event of its own, and leaves up to one request's tokens over. */
    private static final double LEFT_OVER = 2;

    /** How much of the line, in full requests, is asked to come back for a portion. */
    double places() {
        return requests * OVERBOOKED + LEFT_OVER;
    }
}
