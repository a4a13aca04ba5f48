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
 * same version the one in the later message is newer. So no token stands twice in a message: the reader would give its
 * later place a nanosecond more, which is the next message's. A file that names the same tokens close together makes
 * smaller messages, which the refresh function packs again.
 */
final class MessagePacker {
    private final CollectionId collection;
    private final Instant base;
    private final Set<String> tokenIds = HashSet.newHashSet(RequestLimits.TOKENS);
    private long number;
    private @Nullable MessageWriter message;
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
    boolean hasRoomFor(String tokenId, TokenJson json) {
        return isEmpty()
                || (tokenIds.size() < RequestLimits.TOKENS
                        && !tokenIds.contains(tokenId)
                        && RequestBody.bytes(tokenIds.size() + 1, tokenBytes + json.length())
                                <= RequestLimits.BODY_BYTES);
    }

    boolean isEmpty() {
        return message == null;
    }

    /** Puts a token into the message that is open; it has to have room. */
    void add(String tokenId, TokenJson json, @Nullable Instant own) {
        if (message == null) {
            message = new MessageWriter(collection, base.plusNanos(number), RequestLimits.BODY_BYTES);
        }
        message.add(json, own == null ? null : own.plusNanos(number));
        tokenIds.add(tokenId);
        tokenBytes += json.length();
    }

    /** Ends the message that is open; the next token opens the next one. */
    PackedMessage end() {
        MessageWriter ended = Objects.requireNonNull(message, "no message is open");
        message = null;
        number++;
        tokenBytes = 0;
        tokenIds.clear();
        int bytes = ended.bytes();
        return new PackedMessage(ended.end(), bytes);
    }
}
