package dev.nftrefresh.queue;

import java.time.Duration;

/** SQS's limits, from its developer guide ("Quotas"), and what we leave of them. */
public final class SqsLimits {
    /** Entries of one batch call. */
    public static final int BATCH_ENTRIES = 10;
    /** Bytes of one batch call, and of one message with its attributes. */
    public static final int BATCH_BYTES = 1024 * 1024;
    /** What {@code DelaySeconds} can be. */
    public static final Duration MAX_DELAY = Duration.ofMinutes(15);
    /** A visibility timeout counts from the receive, and may not be over in more than 12 hours. */
    public static final Duration MAX_VISIBILITY = Duration.ofHours(12);
    /** How long a message lives: the template's {@code MessageRetentionPeriod}, the longest that there is. */
    public static final Duration RETENTION = Duration.ofDays(14);
    /** How old an update may get: a day before SQS deletes its first message, which is the time to write a letter. */
    static final Duration MAX_AGE = Duration.ofDays(13);
    /** Our bound, below the 1,000 receives after which SQS moves a message without a reason. */
    static final int MAX_RECEIVES = 950;

    private SqsLimits() {}
}
