package dev.nftrefresh.pass;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an invocation must have ended, and what that leaves for requests.
 *
 * @param end when Lambda ends the invocation
 * @param settling what is kept back for settling the messages
 */
record Deadline(Instant end, Duration settling) {
    /** The API answers in a fraction of a second; after ten it is taken for lost. */
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    /** With less than this no request is begun: it would rather be cut off than answered. */
    static final Duration LEAST = Duration.ofSeconds(2);

    /** What a step of the gate may take: no more than is kept back for settling. */
    static final Duration GATE_PATIENCE = Duration.ofSeconds(2);

    /** A wait up to this is cheaper in the invocation than another receive of every message. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(5);

    /** For so many messages: two seconds, and a millisecond for each, as a call for ten of them takes about ten. */
    static Deadline of(Instant end, int messages) {
        return new Deadline(end, Duration.ofSeconds(2).plusMillis(messages));
    }

    /** Whether to wait here rather than return: the wait is short, and a request may still begin after it. */
    boolean allowsWaiting(Duration wait, Instant now) {
        return wait.compareTo(SHORT_WAIT) <= 0 && timeoutAt(now.plus(wait)) != null;
    }

    /** The timeout of a request that begins then, or null if none may begin. */
    @Nullable
    Duration timeoutAt(Instant begin) {
        Duration left = Duration.between(begin, end.minus(settling));
        if (left.compareTo(LEAST) < 0) {
            return null;
        }
        return left.compareTo(REQUEST_TIMEOUT) < 0 ? left : REQUEST_TIMEOUT;
    }
}
