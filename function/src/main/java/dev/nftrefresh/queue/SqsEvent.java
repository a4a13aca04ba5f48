package dev.nftrefresh.queue;

import java.util.List;

/**
 * An event of an event source mapping, whose messages all come from one queue.
 *
 * @param queueArn the queue's ARN; empty if there is no message
 * @param messages in the event's order
 */
public record SqsEvent(String queueArn, List<QueuedMessage> messages) {
    /** Whether it comes from the queue at this address: the queue's name ends both. */
    public boolean isFrom(String queueUrl) {
        return queueArn.substring(queueArn.lastIndexOf(':') + 1)
                .equals(queueUrl.substring(queueUrl.lastIndexOf('/') + 1));
    }
}
