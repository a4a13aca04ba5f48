package dev.nftrefresh.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * Until when SQS may be called. A call that has not begun by then is not made, and one that has begun is cancelled
 * then: its messages stay in the queue, and are delivered again.
 *
 * @param clock the time
 * @param end when every call must be over
 */
public record SqsCallDeadline(InstantSource clock, Instant end) {
    /** With less time than this a call would more likely be cut off than answered: SQS takes 10 to 50 ms. */
    private static final Duration LEAST = Duration.ofMillis(100);
    /** Enough for a call with all the SDK's own tries. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(12);

    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(5);

    /** The time. */
    public Instant now() {
        return clock.instant();
    }

    /** The time left until the end, never below zero. */
    public Duration left() {
        Duration left = Duration.between(now(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether too little is left to begin a call. */
    boolean isOver() {
        return left().compareTo(LEAST) < 0;
    }

    /** Bounds one call, which begins now. */
    void bound(AwsRequestOverrideConfiguration.Builder call) {
        Duration left = left();
        // The SDK takes no timeout of zero.
        Duration bound = left.compareTo(LEAST) < 0 ? LEAST : left;
        call.apiCallTimeout(shorter(bound, LONGEST_CALL)).apiCallAttemptTimeout(shorter(bound, LONGEST_ATTEMPT));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
