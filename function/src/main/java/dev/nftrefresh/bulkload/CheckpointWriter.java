package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkfile.BulkFileElement;
import dev.nftrefresh.bulkfile.BulkFileFormat;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps in the table up to where a file is done with: its messages taken, its rejected elements in parts. A part is
 * written before the checkpoint that passes it; after a crash between the two it is written again.
 */
final class CheckpointWriter {
    /** A part is written when it has so many bytes, or so long after the last checkpoint. */
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

    /** Whether the rejected elements are to go into a part before more are kept. */
    boolean isFull() {
        return rejected.bytes() > services.rejectedLineLimits().memoryBytes();
    }

    /**
     * Writes a checkpoint, unless that can wait: one behind rejected elements costs a part, of which thousands would take
     * long to join.
     */
    void saveIfDue(BulkLoadCheckpoint checkpoint) throws IOException, LeaseLostException {
        if (!rejected.anyUpTo(checkpoint.position().element())
                || rejected.bytes() >= PART_BYTES
                || !services.clock().instant().isBefore(savedAt.plus(PART_EVERY))) {
            save(checkpoint);
        }
    }

    /** Writes a checkpoint, before which every message is known to be taken. */
    void save(BulkLoadCheckpoint checkpoint) throws IOException, LeaseLostException {
        BulkLoadProgress before = lease.progress();
        // One may be known already that lies farther on: behind refused elements alone, before any message was taken.
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
     * Writes the rejected elements that the memory should not hold any longer into a part ahead of the next checkpoint. No
     * message may be under way, so that all of them stand behind the last checkpoint and before the next one.
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
