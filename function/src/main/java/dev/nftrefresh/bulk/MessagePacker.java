package dev.nftrefresh.bulk;

import dev.nftrefresh.api.RequestLimits;
import dev.nftrefresh.batch.RequestBody;
import dev.nftrefresh.queue.MessageWriter;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Packs a file's tokens into messages, in the file's order, each as large as one request of the API.
 *
 * <p>The n-th message carries the base time and n nanoseconds, and so do the tokens' own times: of two updates with the
 * same version the one in the later message is newer. Inside one message the reader gives the later place another
 * nanosecond. It takes a place without a time for newer than any before it, though, while here the base time is a version
 * like any other; so a token that stands in the message already always says its time.
 */
final class MessagePacker {
    private final CollectionId collection;
    private final Instant base;
    private final Set<String> tokenIds = HashSet.newHashSet(RequestLimits.TOKENS);
    private long number;
    private @Nullable MessageWriter message;
    private int tokens;
    private int tokenBytes;

    /**
     * A packer of one file.
     *
     * @param base the version of the message number 0
     * @param number of the first message
     */
    MessagePacker(CollectionId collection, Instant base, long number) {
        this.collection = collection;
        this.base = base;
        this.number = number;
    }

    /** Whether this token fits into the message that is open, or none is. */
    boolean hasRoomFor(TokenJson json) {
        return isEmpty()
                || (tokens < RequestLimits.TOKENS
                        && RequestBody.bytes(tokens + 1, tokenBytes + json.length()) <= RequestLimits.BODY_BYTES);
    }

    boolean isEmpty() {
        return message == null;
    }

    /** Puts a token into the message that is open; it has to have room. */
    void add(String tokenId, TokenJson json, @Nullable Instant own) {
        Instant version = base.plusNanos(number);
        if (message == null) {
            message = new MessageWriter(collection, version, RequestLimits.BODY_BYTES);
        }
        boolean first = tokenIds.add(tokenId);
        if (own != null) {
            message.add(json, own.plusNanos(number));
        } else {
            message.add(json, first ? null : version);
        }
        tokens++;
        tokenBytes += json.length();
    }

    /** Ends the message that is open; the next token opens the next one. */
    PackedMessage end() {
        MessageWriter ended = Objects.requireNonNull(message, "no message is open");
        message = null;
        number++;
        tokens = 0;
        tokenBytes = 0;
        tokenIds.clear();
        int bytes = ended.bytes();
        return new PackedMessage(ended.end(), bytes);
    }
}
