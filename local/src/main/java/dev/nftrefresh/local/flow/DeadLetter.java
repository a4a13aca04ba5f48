package dev.nftrefresh.local.flow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of the dead-letter queue.
 *
 * @param attributes by name; one that is binary as Base64
 */
record DeadLetter(String body, Map<String, String> attributes) {
    @Nullable
    String sourceMessageId() {
        return attributes.get("SourceMessageId");
    }

    /** Why it is there; one without a reason was moved by SQS, after too many deliveries. */
    String reason() {
        return attributes.getOrDefault("RejectReason", "MOVED_BY_SQS");
    }

    String detail() {
        return attributes.getOrDefault("RejectDetail", "The message was delivered too often.");
    }
}
