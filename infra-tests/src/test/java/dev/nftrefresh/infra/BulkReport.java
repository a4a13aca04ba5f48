package dev.nftrefresh.infra;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a report says of a bulk file, but for its times. */
record BulkReport(
        String status,
        @Nullable String detail,
        int tokensRead,
        int tokensQueued,
        int tokensRejected,
        int messagesQueued) {
    /** Of a file whose every token is queued. */
    static BulkReport done(int tokens, int messages) {
        return new BulkReport("done", null, tokens, tokens, 0, messages);
    }

    /** Of a file of which nothing is queued. */
    static BulkReport failed(String detail) {
        return new BulkReport("failed", detail, 0, 0, 0, 0);
    }

    static BulkReport of(JsonNode json) {
        return new BulkReport(
                json.required("status").asText(),
                json.required("detail").textValue(),
                json.required("tokens_read").intValue(),
                json.required("tokens_queued").intValue(),
                json.required("tokens_rejected").intValue(),
                json.required("messages_queued").intValue());
    }

    boolean isOutcome() {
        return !status.equals("running");
    }
}
