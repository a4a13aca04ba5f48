package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkfile.BulkFileElement;
import java.io.IOException;

/** The messages that a leg makes and sends, and how much of the file they are. For one thread. */
final class BulkMessageStream implements AutoCloseable {
    private final BulkMessagePacker packer;
    private final AsyncBatchSender sender;
    private BulkLoadCheckpoint read;

    /** Nothing yet, behind this mark. */
    BulkMessageStream(BulkMessagePacker packer, AsyncBatchSender sender, BulkLoadCheckpoint begin) {
        this.packer = packer;
        this.sender = sender;
        this.read = begin;
    }

    /**
     * Adds a token.
     *
     * @return whether that ended a message, as it had no room for the token
     */
    boolean add(BulkFileElement.ValidToken token) throws IOException {
        String tokenId = token.key().tokenId();
        boolean full = !packer.hasRoomFor(tokenId, token.json(), token.updatedAt());
        if (full) {
            endMessage();
        }
        packer.add(token.position().element(), tokenId, token.json(), token.updatedAt());
        read = new BulkLoadCheckpoint(token.position(), read.counts().plusQueued());
        return full;
    }

    /** Counts an element that is in no message. */
    void skip(BulkFileElement.RejectedElement refused) {
        read = new BulkLoadCheckpoint(refused.position(), read.counts().plusRejected());
    }

    /** Behind the last element, a message that is open included. */
    BulkLoadCheckpoint read() {
        return read;
    }

    /** Up to where everything is known to be passed over or taken by the queue, without waiting. */
    BulkLoadCheckpoint confirmed() throws IOException {
        return sender.confirmed();
    }

    /** Up to where everything is passed over or in a message that is whole; returns when the queue has taken those. */
    BulkLoadCheckpoint endOfWhole() throws IOException {
        sender.flush();
        return packer.isEmpty() ? read : sender.confirmed();
    }

    /** Ends a message that is open; returns when the queue has taken everything. */
    BulkLoadCheckpoint end() throws IOException {
        if (!packer.isEmpty()) {
            endMessage();
        }
        sender.flush();
        return read;
    }

    private void endMessage() throws IOException {
        read = new BulkLoadCheckpoint(read.position(), read.counts().plusMessage());
        sender.add(packer.finish(), read);
    }

    @Override
    public void close() {
        sender.close();
    }
}
