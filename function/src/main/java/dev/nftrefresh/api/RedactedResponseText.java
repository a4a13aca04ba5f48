package dev.nftrefresh.api;

import org.jspecify.annotations.Nullable;

/** Makes the texts of one answer safe to write anywhere: without the key that was sent, on one line, and short. */
final class RedactedResponseText {
    private final ApiKeyRedactor redaction;

    /** For an answer to a request with this key. */
    RedactedResponseText(String apiKey) {
        redaction = new ApiKeyRedactor(apiKey);
    }

    /** At most so many characters; null for null. */
    @Nullable
    String nullable(@Nullable String text, int limit) {
        return text == null ? null : of(text, limit);
    }

    /** At most so many characters, truncated only after the key is removed. */
    String of(String text, int limit) {
        return LogSafeText.of(redaction.redact(text), limit);
    }
}
