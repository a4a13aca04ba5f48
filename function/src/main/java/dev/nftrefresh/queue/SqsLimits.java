package dev.nftrefresh.queue;

import java.time.Duration;

/** SQS's limits, from its developer guide ("Quotas"), and our own limits below them. */
public final class SqsLimits {
    /** Entries of one batch call. */
    public static final int BATCH_ENTRIES = 10;
    /** Bytes of one batch call, and of one message with its attributes. */
    public static final int BATCH_BYTES = 1024 * 1024;
    /** The largest {@code DelaySeconds}. */
    public static final Duration MAX_DELAY = Duration.ofMinutes(15);
    /** A visibility timeout must end within 12 hours of the receive. */
    public static final Duration MAX_VISIBILITY = Duration.ofHours(12);
    /** How long SQS keeps a message: the template's {@code MessageRetentionPeriod}, which is the maximum. */
    public static final Duration RETENTION = Duration.ofDays(14);
    /** How old an update may get: a day before SQS deletes its first message, so that a dead letter can be sent. */
    static final Duration MAX_AGE = Duration.ofDays(13);
    /** Our limit, below the 1,000 receives after which SQS moves a message without a reason. */
    static final int MAX_RECEIVES = 950;

    private SqsLimits() {}
}
