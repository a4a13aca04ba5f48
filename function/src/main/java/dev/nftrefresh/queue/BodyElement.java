package dev.nftrefresh.queue;

import dev.nftrefresh.update.TokenJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One element of a message that we write.
 *
 * @param json the token's object, or whatever the producer wrote in its place
 * @param version the time of its version; absent if the element says it itself, or is beyond reading
 */
record BodyElement(TokenJson json, @Nullable Instant version) {
    /** Bytes of an {@code "updated_at":"2026-11-23T10:00:00.123456789Z",} at most. */
    private static final int VERSION_BYTES = 46;

    /** At most so many bytes in the body, with the comma that follows. */
    int maxBytes() {
        return json.length() + VERSION_BYTES + 1;
    }

    /** Writes the element; its version goes in where the message's own does not say it. */
    void writeTo(MessageWriter message, Instant messageVersion) {
        message.add(json, messageVersion.equals(version) ? null : version);
    }
}
