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
    private static final Duration LEAST = Duration.ofSeconds(2);

    /** For so many messages: two seconds, and a millisecond for each, as a call for ten of them takes about ten. */
    static Deadline of(Instant end, int messages) {
        return new Deadline(end, Duration.ofSeconds(2).plusMillis(messages));
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
