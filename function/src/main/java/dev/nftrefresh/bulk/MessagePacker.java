package dev.nftrefresh.bulk;

import dev.nftrefresh.api.RequestLimits;
import dev.nftrefresh.batch.RequestBody;
import dev.nftrefresh.queue.MessageWriter;
import dev.nftrefresh.queue.OutgoingMessage;
import dev.nftrefresh.settled.FilePlace;
import dev.nftrefresh.settled.FilePlaces;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packs a file's tokens into messages, in the file's order, each as large as one request of the API. In that order there
 * is no better packing: where a message ends depends on nothing but the tokens, so that one that is packed again after a
 * crash is the same message.
 *
 * <p>The n-th message carries the base time and n nanoseconds, and so do the tokens' own times: of two updates with the
 * same version the one in the later message is newer.
 */
final class MessagePacker {
    private final String fileId;
    private final CollectionId collection;
    private final Instant base;
    private final List<Packed> tokens = new ArrayList<>(RequestLimits.TOKENS);
    private int tokenBytes;
    private long number;
    private PlacesInMessage places;

    /** A token of the message that is open. */
    private record Packed(
            long element,
            String tokenId,
            TokenJson json,
            @Nullable Instant own) {}

    /**
     * A packer of one file.
     *
     * @param fileId of the file, for where its tokens stand
     * @param base the version of the message number 0
     * @param number of the first message
     */
    MessagePacker(String fileId, CollectionId collection, Instant base, long number) {
        this.fileId = fileId;
        this.collection = collection;
        this.base = base;
        this.number = number;
        this.places = new PlacesInMessage(number);
    }

    /** Whether this token fits into the message that is open, or none is. */
    boolean hasRoomFor(String tokenId, TokenJson json, @Nullable Instant own) {
        return isEmpty()
                || (tokens.size() < RequestLimits.TOKENS
                        && places.mayAdd(tokenId, time(own))
                        && RequestBody.bytes(tokens.size() + 1, tokenBytes + json.length())
                                <= RequestLimits.BODY_BYTES);
    }

    boolean isEmpty() {
        return tokens.isEmpty();
    }

    /**
     * Puts a token into the message that is open; it has to have room.
     *
     * @param element its number in the file
     * @param own the token's own time; absent if it carries none
     */
    void add(long element, String tokenId, TokenJson json, @Nullable Instant own) {
        tokens.add(new Packed(element, tokenId, json, own));
        places.add(tokenId, time(own));
        tokenBytes += json.length();
    }

    /** Ends the message that is open; the next token opens the next one. */
    PackedMessage end() {
        List<Instant> versions = places.versions();
        var message = new MessageWriter(collection, base.plusNanos(number), tokenBytes);
        for (int i = 0; i < tokens.size(); i++) {
            Packed token = tokens.get(i);
            boolean asTheMessage = token.own() == null && places.isAlone(token.tokenId());
            message.add(token.json(), asTheMessage ? null : versions.get(i));
        }
        String text = FilePlaces.text(tokens.stream()
                .map(token -> new FilePlace(fileId, token.element()))
                .toList());
        tokens.clear();
        tokenBytes = 0;
        number++;
        places = new PlacesInMessage(number);
        int size = message.bytes() + OutgoingMessage.bytesOfPlaces(text);
        return new PackedMessage(message.end(), text, size);
    }

    private Instant time(@Nullable Instant own) {
        return own == null ? base : own;
    }
}
