package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkfile.BulkFileElement;
import dev.nftrefresh.bulkfile.BulkFileFormat;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Stores in the table up to where a file is finished: its messages accepted, its rejected elements in parts. A part is
 * written before the checkpoint that covers it; after a crash between the two it is written again.
 */
final class CheckpointWriter {
    /** A part is written once it has so many bytes, or so long after the last checkpoint. */
    private static final int PART_BYTES = 256 * 1024;

    private static final Duration PART_EVERY = Duration.ofSeconds(2);

    private final BulkLoaderDependencies services;
    private final BulkLoadLease lease;
    private final ReportWriter reports;
    private final RejectedLineBuffer rejected = new RejectedLineBuffer();
    private Instant savedAt;
    private int parts;
    private long partBytes;

    CheckpointWriter(BulkLoaderDependencies services, BulkLoadLease lease, ReportWriter reports) {
        this.services = services;
        this.lease = lease;
        this.reports = reports;
        this.savedAt = services.clock().instant();
        this.parts = lease.progress().parts();
        this.partBytes = lease.progress().partBytes();
    }

    /** Keeps a rejected element for the next part. */
    void reject(BulkFileElement.RejectedElement refused, BulkFileFormat format) {
        rejected.add(RejectedElementLine.of(refused, format));
    }

    /** Whether the rejected elements must be written to a part before more are kept. */
    boolean isFull() {
        return rejected.bytes() > services.rejectedLineLimits().memoryBytes();
    }

    /**
     * Writes a checkpoint, unless that can wait: one after rejected elements costs a part, and thousands of parts would
     * take long to join.
     */
    void saveIfDue(BulkLoadCheckpoint checkpoint) throws IOException, LeaseLostException {
        if (!rejected.anyUpTo(checkpoint.position().element())
                || rejected.bytes() >= PART_BYTES
                || !services.clock().instant().isBefore(savedAt.plus(PART_EVERY))) {
            save(checkpoint);
        }
    }

    /** Writes a checkpoint before which every message is known to be accepted. */
    void save(BulkLoadCheckpoint checkpoint) throws IOException, LeaseLostException {
        BulkLoadProgress before = lease.progress();
        // A later one may be known already: after rejected elements only, before any message was accepted.
        if (checkpoint.position().element() <= before.checkpoint().position().element()) {
            return;
        }
        writePart(rejected.takeUpTo(checkpoint.position().element()));
        savedAt = services.clock().instant();
        lease.save(before.at(checkpoint, parts, partBytes), savedAt);
        BulkLoadCounts done = checkpoint.counts();
        BulkLoadCounts doneBefore = before.checkpoint().counts();
        services.metrics().tokens(done.queued() - doneBefore.queued(), done.rejected() - doneBefore.rejected());
    }

    /**
     * Writes the rejected elements that should not stay in memory to a part, ahead of the next checkpoint. No message
     * may be in flight, so that all of them are after the last checkpoint and before the next one.
     */
    void writeAheadIfFull() throws IOException {
        if (isFull()) {
            writePart(rejected.takeUpTo(Long.MAX_VALUE));
        }
    }

    private void writePart(byte[] lines) throws IOException {
        if (lines.length > 0 && partBytes < services.rejectedLineLimits().fileBytes()) {
            reports.writePart(parts, lines);
            parts++;
            partBytes += lines.length;
        }
    }
}
