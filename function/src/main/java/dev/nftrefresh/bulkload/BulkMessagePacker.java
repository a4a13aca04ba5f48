package dev.nftrefresh.bulkload;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.batch.RefreshRequestBody;
import dev.nftrefresh.queue.OutgoingMessage;
import dev.nftrefresh.queue.QueueMessageWriter;
import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.settled.FileTokenPositions;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packs a file's tokens into messages, in the file's order, each as large as one API request. No packing in that order
 * is better. Where a message ends depends only on the tokens, so that a message that is packed again after a crash is
 * the same.
 *
 * <p>The n-th message has the base time plus n nanoseconds, and so do the tokens' own times: of two updates with the
 * same version the one in the later message is newer.
 */
final class BulkMessagePacker {
    private final String fileId;
    private final CollectionId collection;
    private final Instant base;
    private final List<PackedToken> tokens = new ArrayList<>(RefreshRequestLimits.TOKENS);
    private int tokenBytes;
    private long number;
    private BulkTokenVersions places;

    /** A token of the open message. */
    private record PackedToken(
            long element,
            String tokenId,
            TokenJson json,
            @Nullable Instant own) {}

    /**
     * A packer for one file.
     *
     * @param fileId of the file, for its tokens' positions
     * @param base the version of message number 0
     * @param number of the first message
     */
    BulkMessagePacker(String fileId, CollectionId collection, Instant base, long number) {
        this.fileId = fileId;
        this.collection = collection;
        this.base = base;
        this.number = number;
        this.places = new BulkTokenVersions(number);
    }

    /** Whether this token fits into the open message, or no message is open. */
    boolean hasSpaceFor(String tokenId, TokenJson json, @Nullable Instant own) {
        return isEmpty()
                || (tokens.size() < RefreshRequestLimits.TOKENS
                        && places.mayAdd(tokenId, time(own))
                        && RefreshRequestBody.bytes(tokens.size() + 1, tokenBytes + json.length())
                                <= RefreshRequestLimits.BODY_BYTES);
    }

    boolean isEmpty() {
        return tokens.isEmpty();
    }

    /**
     * Adds a token to the open message; it must fit.
     *
     * @param element its number in the file
     * @param own the token's own time; absent if it has none
     */
    void add(long element, String tokenId, TokenJson json, @Nullable Instant own) {
        tokens.add(new PackedToken(element, tokenId, json, own));
        places.add(tokenId, time(own));
        tokenBytes += json.length();
    }

    /** Ends the open message; the next token opens the next one. */
    PackedMessage finish() {
        List<Instant> versions = places.versions();
        var message = new QueueMessageWriter(collection, base.plusNanos(number), tokenBytes);
        for (int i = 0; i < tokens.size(); i++) {
            PackedToken token = tokens.get(i);
            boolean asTheMessage = token.own() == null && places.isAlone(token.tokenId());
            message.add(token.json(), asTheMessage ? null : versions.get(i));
        }
        String text = FileTokenPositions.text(tokens.stream()
                .map(token -> new FileTokenPosition(fileId, token.element()))
                .toList());
        tokens.clear();
        tokenBytes = 0;
        number++;
        places = new BulkTokenVersions(number);
        int size = message.bytes() + OutgoingMessage.bytesOfPlaces(text);
        return new PackedMessage(message.end(), text, size);
    }

    private Instant time(@Nullable Instant own) {
        return own == null ? base : own;
    }
}
