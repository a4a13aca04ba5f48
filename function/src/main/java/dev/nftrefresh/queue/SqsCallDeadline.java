package dev.nftrefresh.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * Until when SQS may be called. A call that has not begun by then is not made, and one that has begun is given up then: what
 * it was about stays in the queue, and is delivered again.
 *
 * @param clock the time
 * @param end when every call must be over
 */
public record SqsCallDeadline(InstantSource clock, Instant end) {
    /** With less than this a call would rather be cut off than answered: SQS takes 10 to 50 ms. */
    private static final Duration LEAST = Duration.ofMillis(100);
    /** A call with all the SDK's own tries. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(12);

    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(5);

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
