package dev.nftrefresh.queue;

import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** Bounds a call of SQS by what is left until the deadline. */
final class SqsCallTimeout {
    /** A call with all the SDK's own tries. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(12);

    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(5);

    private SqsCallTimeout() {}

    /** Bounds a call that begins now. */
    static void until(CallDeadline deadline, AwsRequestOverrideConfiguration.Builder call) {
        Duration left = deadline.left();
        // The SDK takes no timeout of zero, and the deadline may have passed since it was looked at.
        Duration bound = left.compareTo(CallDeadline.LEAST) < 0 ? CallDeadline.LEAST : left;
        call.apiCallTimeout(shorter(bound, LONGEST_CALL)).apiCallAttemptTimeout(shorter(bound, LONGEST_ATTEMPT));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
