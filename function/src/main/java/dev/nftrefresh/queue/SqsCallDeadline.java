package dev.nftrefresh.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Until when SQS may be called. A call that has not begun by then is not made, and one that has begun is given up then: what
 * it was about stays in the queue, and is delivered again.
 *
 * @param clock the time
 * @param end when every call must be over
 */
public record SqsCallDeadline(InstantSource clock, Instant end) {
    /** With less than this a call would rather be cut off than answered: SQS takes 10 to 50 ms. */
    static final Duration LEAST = Duration.ofMillis(100);

    /** The time. */
    public Instant now() {
        return clock.instant();
    }

    /** What is left until the end, never below zero. */
    public Duration left() {
        Duration left = Duration.between(now(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether too little is left to begin a call. */
    boolean isOver() {
        return left().compareTo(LEAST) < 0;
    }
}
