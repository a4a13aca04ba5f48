package dev.nftrefresh.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message as SQS delivered it.
 *
 * @param messageId SQS's id
 * @param receiptHandle of this delivery, for its visibility
 * @param body what the producer wrote
 * @param sentAt {@code SentTimestamp}: when it was put into the queue
 * @param receiveCount {@code ApproximateReceiveCount}: deliveries of this message, this one included
 * @param firstSentAt when the update was first queued; earlier than {@code sentAt} on a remainder
 * @param attempts deliveries of the update, this one and those of the messages before a remainder included
 * @param search what the search knows for a refused one among its tokens, which are never packed with others then; null if
 *     there is none
 */
public record QueuedMessage(
        String messageId,
        String receiptHandle,
        MessageText body,
        Instant sentAt,
        int receiveCount,
        Instant firstSentAt,
        int attempts,
        @Nullable SearchProgress search) {
    /** Whether its tokens are never packed with others, because Immutable refused a request with them. */
    public boolean sendAlone() {
        return search != null;
    }

    @Override
    public String toString() {
        return "message " + messageId;
    }
}
