package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One delivery of a message, as it was at that moment. */
record MessageDelivery(
        String messageId,
        String receiptHandle,
        String body,
        String bodyMd5,
        JsonNode attributes,
        String senderId,
        Instant sentAt,
        Instant firstReceivedAt,
        int receiveCount,
        @Nullable String deadLetterSourceArn) {}
