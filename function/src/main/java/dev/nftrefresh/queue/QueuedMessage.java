package dev.nftrefresh.queue;

import dev.nftrefresh.settled.FileTokenPosition;
import java.time.Instant;
import java.util.List;
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
 * @param search the progress of the search for a refused one among its tokens, which are then never packed with others;
 *     null if there is none
 * @param places its tokens' positions in bulk files, in their order; empty if it is from no file
 */
public record QueuedMessage(
        String messageId,
        String receiptHandle,
        Utf8MessageBody body,
        Instant sentAt,
        int receiveCount,
        Instant firstSentAt,
        int attempts,
        @Nullable SearchProgress search,
        List<FileTokenPosition> places) {
    /** A message from no file. */
    public QueuedMessage(
            String messageId,
            String receiptHandle,
            Utf8MessageBody body,
            Instant sentAt,
            int receiveCount,
            Instant firstSentAt,
            int attempts,
            @Nullable SearchProgress search) {
        this(messageId, receiptHandle, body, sentAt, receiveCount, firstSentAt, attempts, search, List.of());
    }

    /** The position in a file of the token at this place of the message. */
    public FileTokenPosition place(int element) {
        return element < places.size() ? places.get(element) : FileTokenPosition.NOWHERE;
    }

    /** Whether its tokens are never packed with others, because Immutable refused a request with them. */
    public boolean isSentAlone() {
        return search != null;
    }

    @Override
    public String toString() {
        return "message " + messageId;
    }
}
