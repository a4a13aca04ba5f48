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
 * @param again whether the token stands in the message before: without a version of its own this place would be the newer one
 */
record BodyElement(TokenJson json, @Nullable Instant version, boolean again) {
    /** An element as the producer wrote it, which says for itself what it says. */
    static BodyElement raw(TokenJson json) {
        return new BodyElement(json, null, false);
    }

    /** A token of a message in which these stand before it; it is added to them. */
    static BodyElement of(TokenUpdate token, Set<TokenKey> before) {
        return new BodyElement(token.json(), token.version().time(), !before.add(token.key()));
    }

    /** Its bytes in a body of this version, with a comma. */
    int bytes(Instant messageVersion) {
        return MessageWriter.bytes(json, written(messageVersion));
    }

    /** Writes the element; its version goes in where the message's own does not say it. */
    void writeTo(MessageWriter message, Instant messageVersion) {
        message.add(json, written(messageVersion));
    }

    private @Nullable Instant written(Instant messageVersion) {
        return messageVersion.equals(version) && !again ? null : version;
    }
}
