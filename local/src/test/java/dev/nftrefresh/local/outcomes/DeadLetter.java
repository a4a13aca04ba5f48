package dev.nftrefresh.local.outcomes;

import java.util.Map;

/** A message of the dead-letter queue. */
record DeadLetter(String body, Map<String, String> attributes) {
    String reason() {
        return attributes.getOrDefault("RejectReason", "none");
    }

    String detail() {
        return attributes.getOrDefault("RejectDetail", "none");
    }
}
