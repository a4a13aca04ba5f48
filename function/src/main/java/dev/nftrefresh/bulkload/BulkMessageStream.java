package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkfile.BulkFileElement;
import java.io.IOException;

/** The messages that a run makes and sends, and how much of the file they cover. Not thread-safe. */
final class BulkMessageStream implements AutoCloseable {
    private final BulkMessagePacker packer;
    private final AsyncBatchSender sender;
    private BulkLoadCheckpoint read;

    /** An empty stream that begins at this checkpoint. */
    BulkMessageStream(BulkMessagePacker packer, AsyncBatchSender sender, BulkLoadCheckpoint begin) {
        this.packer = packer;
        this.sender = sender;
        this.read = begin;
    }

    /**
     * Adds a token.
     *
     * @return whether that ended a message, as the token did not fit into it
     */
    boolean add(BulkFileElement.ValidToken token) throws IOException {
        String tokenId = token.key().tokenId();
        boolean full = !packer.hasSpaceFor(tokenId, token.json(), token.updatedAt());
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

    /** The checkpoint after the last element, including an open message. */
    BulkLoadCheckpoint read() {
        return read;
    }

    /** The checkpoint before which everything is known to be rejected or accepted by the queue, without waiting. */
    BulkLoadCheckpoint confirmed() throws IOException {
        return sender.confirmed();
    }

    /**
     * The checkpoint before which everything is rejected or in a complete message; returns once the queue has accepted
     * these.
     */
    BulkLoadCheckpoint endOfWhole() throws IOException {
        sender.flush();
        return packer.isEmpty() ? read : sender.confirmed();
    }

    /** Ends an open message; returns once the queue has accepted everything. */
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
