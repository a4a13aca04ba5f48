package dev.nftrefresh.local.sqs;

import java.time.Duration;

/**
 * What a queue is made with.
 *
 * @param name the end of its address
 * @param visibilityTimeout of a message that was received
 * @param maxReceiveCount how often a message is delivered before SQS itself moves it to the dead-letter queue
 */
public record SqsQueueSettings(String name, Duration visibilityTimeout, int maxReceiveCount) {
    /** The same for a queue of another name. */
    public SqsQueueSettings named(String other) {
        return new SqsQueueSettings(other, visibilityTimeout, maxReceiveCount);
    }
}
