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
    /** Its bytes in a body of this version, with a comma. */
    int bytes(Instant messageVersion) {
        return MessageWriter.bytes(json, written(messageVersion));
    }

    /** Writes the element; its version goes in where the message's own does not say it. */
    void writeTo(MessageWriter message, Instant messageVersion) {
        message.add(json, written(messageVersion));
    }

    private @Nullable Instant written(Instant messageVersion) {
        return messageVersion.equals(version) ? null : version;
    }
}
