package dev.nftrefresh.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a returned message stays invisible. */
public final class VisibilityTimeouts {
    /** Waits beyond the cap are spread over its last hour, so that not all messages return at once. */
    private static final Duration SPREAD = Duration.ofHours(1);
    /** For the time between our calculation and SQS's. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final Duration cap;
    private final RandomGenerator random;

    /**
     * The 12 hours count from the receive, whose time no record has. It was at most one visibility timeout of the queue
     * ago, because otherwise the message would have been received again.
     */
    public VisibilityTimeouts(Duration queueVisibilityTimeout, RandomGenerator random) {
        this.cap = SqsLimits.MAX_VISIBILITY.minus(queueVisibilityTimeout).minus(MARGIN);
        this.random = random;
    }

    /** The visibility timeout for a wait, in whole seconds, rounded up. */
    int seconds(Duration retryIn) {
        Duration wait =
                retryIn.compareTo(cap) <= 0 ? retryIn : cap.minusSeconds(random.nextLong(SPREAD.toSeconds() + 1));
        return wholeSeconds(wait);
    }

    /** Rounded up: a message that returns too early is received in vain. */
    static int wholeSeconds(Duration wait) {
        return Math.toIntExact(wait.plusNanos(999_999_999).toSeconds());
    }
}
