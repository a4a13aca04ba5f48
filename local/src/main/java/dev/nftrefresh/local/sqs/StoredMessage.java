package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A message in a queue; changed under the queue's lock only. */
final class StoredMessage {
    static final Comparator<StoredMessage> BY_VISIBILITY = Comparator.<StoredMessage, Instant>comparing(
                    m -> m.visibleAt)
            .thenComparingLong(m -> m.sequence)
            .thenComparing(m -> m.id);

    final String id;
    final String body;
    final String bodyMd5;
    final JsonNode attributes;
    final String senderId;
    final Instant sentAt;
    final long sequence;

    Instant visibleAt;
    int receiveCount;
    /** Where a random choice finds it among the visible ones. */
    int place;

    @Nullable
    Instant firstReceivedAt;
    /** Of the last receive: a visibility timeout is bounded from here. */
    Instant receivedAt = Instant.MIN;
    /** Of the last receive, and the only one that still counts. */
    @Nullable
    String receiptHandle;
    /** The queue that gave up on it; null while none did. */
    @Nullable
    String deadLetterSourceArn;

    StoredMessage(
            String id,
            String body,
            String bodyMd5,
            JsonNode attributes,
            String senderId,
            Instant sentAt,
            long sequence,
            Instant visibleAt) {
        this.id = id;
        this.body = body;
        this.bodyMd5 = bodyMd5;
        this.attributes = attributes;
        this.senderId = senderId;
        this.sentAt = sentAt;
        this.sequence = sequence;
        this.visibleAt = visibleAt;
    }

    boolean wasReceived() {
        return receiveCount > 0;
    }
}
