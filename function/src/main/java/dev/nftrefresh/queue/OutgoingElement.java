package dev.nftrefresh.queue;

import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One element of a message that the service writes.
 *
 * @param json the token's object, or whatever the producer wrote instead
 * @param version the time of its version; absent if the element has it itself, or cannot be read
 * @param isRepeated whether the token occurs earlier in the message: without a version of its own the later one would
 *     be newer
 */
record OutgoingElement(TokenJson json, @Nullable Instant version, boolean isRepeated) {
    /** An element exactly as the producer wrote it. */
    static OutgoingElement raw(TokenJson json) {
        return new OutgoingElement(json, null, false);
    }

    /** A token of a message in which {@code before} precede it; adds it to them. */
    static OutgoingElement of(TokenUpdate token, Set<TokenKey> before) {
        return new OutgoingElement(token.json(), token.version().time(), !before.add(token.key()));
    }

    /** Its size in bytes in a body of this version, with a comma. */
    int bytes(Instant messageVersion) {
        return QueueMessageWriter.bytes(json, written(messageVersion));
    }

    /** Writes the element, with its version where it differs from the message's. */
    void writeTo(QueueMessageWriter message, Instant messageVersion) {
        message.add(json, written(messageVersion));
    }

    private @Nullable Instant written(Instant messageVersion) {
        return messageVersion.equals(version) && !isRepeated ? null : version;
    }
}
