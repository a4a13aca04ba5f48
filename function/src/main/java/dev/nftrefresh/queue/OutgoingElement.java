package dev.nftrefresh.queue;

import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One element of a message that we write.
 *
 * @param json the token's object, or whatever the producer wrote in its place
 * @param version the time of its version; absent if the element says it itself, or is beyond reading
 * @param isRepeated whether the token stands in the message before: without a version of its own this place would be the newer one
 */
record OutgoingElement(TokenJson json, @Nullable Instant version, boolean isRepeated) {
    /** An element as the producer wrote it, which says for itself what it says. */
    static OutgoingElement raw(TokenJson json) {
        return new OutgoingElement(json, null, false);
    }

    /** A token of a message in which these stand before it; it is added to them. */
    static OutgoingElement of(TokenUpdate token, Set<TokenKey> before) {
        return new OutgoingElement(token.json(), token.version().time(), !before.add(token.key()));
    }

    /** Its bytes in a body of this version, with a comma. */
    int bytes(Instant messageVersion) {
        return QueueMessageWriter.bytes(json, written(messageVersion));
    }

    /** Writes the element; its version goes in where the message's own does not say it. */
    void writeTo(QueueMessageWriter message, Instant messageVersion) {
        message.add(json, written(messageVersion));
    }

    private @Nullable Instant written(Instant messageVersion) {
        return messageVersion.equals(version) && !isRepeated ? null : version;
    }
}
