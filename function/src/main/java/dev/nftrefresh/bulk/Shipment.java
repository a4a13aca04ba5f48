package dev.nftrefresh.bulk;

import dev.nftrefresh.file.FileElement;
import java.io.IOException;

/** The messages that a leg makes and sends, and how much of the file they are. For one thread. */
final class Shipment implements AutoCloseable {
    private final MessagePacker packer;
    private final Outbox outbox;
    private Mark read;

    /** Nothing yet, behind this mark. */
    Shipment(MessagePacker packer, Outbox outbox, Mark begin) {
        this.packer = packer;
        this.outbox = outbox;
        this.read = begin;
    }

    /**
     * Adds a token.
     *
     * @return whether that ended a message, as it had no room for the token
     */
    boolean add(FileElement.Token token) throws IOException {
        String tokenId = token.key().tokenId();
        boolean full = !packer.hasRoomFor(tokenId, token.json(), token.updatedAt());
        if (full) {
            endMessage();
        }
        packer.add(token.place().element(), tokenId, token.json(), token.updatedAt());
        read = new Mark(token.place(), read.figures().plusQueued());
        return full;
    }

    /** Counts an element that is in no message. */
    void passOver(FileElement.Refused refused) {
        read = new Mark(refused.place(), read.figures().plusRejected());
    }

    /** Behind the last element, a message that is open included. */
    Mark read() {
        return read;
    }

    /** Up to where everything is known to be passed over or taken by the queue, without waiting. */
    Mark confirmed() throws IOException {
        return outbox.confirmed();
    }

    /** Up to where everything is passed over or in a message that is whole; returns when the queue has taken those. */
    Mark endOfWhole() throws IOException {
        outbox.flush();
        return packer.isEmpty() ? read : outbox.confirmed();
    }

    /** Ends a message that is open; returns when the queue has taken everything. */
    Mark end() throws IOException {
        if (!packer.isEmpty()) {
            endMessage();
        }
        outbox.flush();
        return read;
    }

    private void endMessage() throws IOException {
        read = new Mark(read.after(), read.figures().plusMessage());
        outbox.add(packer.end(), read);
    }

    @Override
    public void close() {
        outbox.close();
    }
}
