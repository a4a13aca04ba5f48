package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkfile.BulkFileElement;
import dev.nftrefresh.bulkfile.BulkFileReader;
import dev.nftrefresh.bulkfile.BulkObjectKey;
import dev.nftrefresh.bulkload.ObjectStore.VersionState;
import dev.nftrefresh.queue.SqsCallDeadline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One invocation's part of loading one file. Not thread-safe. */
final class BulkLoadRun {
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);
    /** A run of this length that makes no progress never will. */
    private static final Duration ENOUGH = Duration.ofMinutes(10);

    private final BulkLoaderDependencies services;
    private final FileUpload upload;
    private final BulkObjectKey.Valid key;
    private final BulkLoadLease lease;
    private final Instant stop;
    private final ReportWriter reports;
    private final CheckpointWriter checkpoints;
    private final BulkLoadFinisher finisher;
    private final BulkLoadCheckpoint start;
    private final Instant startedAt;
    private Instant reportedAt = Instant.MIN;

    /**
     * A run that begins at the checkpoint in the lease's progress.
     *
     * @param stop when it stops reading
     */
    BulkLoadRun(
            BulkLoaderDependencies services,
            FileUpload upload,
            BulkObjectKey.Valid key,
            BulkLoadLease lease,
            Instant stop) {
        this.services = services;
        this.upload = upload;
        this.key = key;
        this.lease = lease;
        this.stop = stop;
        this.reports = new ReportWriter(services.store(), upload);
        this.checkpoints = new CheckpointWriter(services, lease, reports);
        this.finisher = new BulkLoadFinisher(services, upload, lease, reports);
        this.start = lease.progress().checkpoint();
        this.startedAt = services.clock().instant();
    }

    /**
     * Loads until the end of the file, or until the time is used up.
     *
     * @return the file's report; null if the next run continues
     * @throws IOException if another service failed, after which another run is needed
     */
    @Nullable
    BulkLoadReport run() throws IOException, LeaseLostException {
        try (StoredObject object = open()) {
            return load(object);
        } catch (RefusedFileException refused) {
            return finisher.write(refused);
        }
    }

    private StoredObject open() throws IOException, RefusedFileException {
        boolean untouched = lease.progress().base() == null;
        VersionState state = services.store().state(upload.object());
        StoredObject object = untouched && state == VersionState.DELETED
                ? null
                : services.store().open(upload.object(), offset());
        if (object == null) {
            throw new RefusedFileException("The object %s was deleted %s; upload it again."
                    .formatted(upload.object(), untouched ? "before it could be read" : "while it was loaded"));
        }
        return object;
    }

    /** The position from which this run reads. */
    private long offset() {
        return BulkFileReader.startsAtOffset(key.format(), key.gzip())
                ? lease.progress().checkpoint().position().offset()
                : 0;
    }

    private @Nullable BulkLoadReport load(StoredObject object)
            throws IOException, LeaseLostException, RefusedFileException {
        Instant base = FileBaseVersion.of(object, upload.notifiedAt(), lease.progress());
        if (lease.progress().base() == null) {
            lease.save(lease.progress().basedOn(base), now());
        }
        var packer = new BulkMessagePacker(
                upload.fileId(), key.collection(), base, start.counts().messages());
        var content = new ResumingObjectInputStream(
                services.store(), upload.object(), object, offset(), services.clock(), stop);
        // The other half of the margin is for the checkpoint and the report.
        var deadline = new SqsCallDeadline(
                services.clock(), stop.plus(services.margin().dividedBy(2)));
        try (var messages = new BulkMessageStream(
                        packer, new AsyncBatchSender(services.refreshQueue(), deadline, start), start);
                var file = BulkFileReader.open(
                        content, key.format(), key.gzip(), key.collection(), object.lastModified(), start.position())) {
            return load(file, messages);
        }
    }

    private @Nullable BulkLoadReport load(BulkFileReader file, BulkMessageStream messages)
            throws IOException, LeaseLostException {
        while (true) {
            Instant now = now();
            if (!now.isBefore(stop)) {
                return stop(messages);
            }
            reportAt(now);
            BulkFileElement element;
            try {
                element = file.next();
            } catch (OutOfTimeException _) {
                return stop(messages);
            }
            switch (element) {
                case null -> {
                    checkpoints.save(messages.end());
                    return messages.read().counts().read() == 0
                            ? finisher.write(BulkLoadStatus.FAILED, BulkFileReader.EMPTY)
                            : finisher.write(BulkLoadStatus.DONE, null);
                }
                case BulkFileElement.UnreadableRest broken -> {
                    checkpoints.save(messages.end());
                    return finisher.write(BulkLoadStatus.FAILED, broken.detail());
                }
                case BulkFileElement.RejectedElement refused -> reject(refused, messages);
                case BulkFileElement.ValidToken token -> {
                    if (messages.add(token)) {
                        checkpoints.saveIfDue(messages.confirmed());
                    }
                }
            }
            if (checkpoints.isFull()) {
                checkpoints.save(messages.endOfWhole());
                checkpoints.writeAheadIfFull();
            }
            if (messages.read().position().element() == lease.progress().messageEndsAfter()) {
                checkpoints.save(messages.end());
            }
        }
    }

    private @Nullable BulkLoadReport stop(BulkMessageStream messages) throws IOException, LeaseLostException {
        checkpoints.save(messages.endOfWhole());
        if (lease.progress().checkpoint().equals(start)) {
            endMessageHere(messages);
        }
        boolean stuck = lease.progress().checkpoint().equals(start)
                && !Duration.between(startedAt, stop).minus(ENOUGH).isNegative();
        if (stuck) {
            // Every run would end here. Tokens that are in a message stay in it.
            return finisher.write(
                    BulkLoadStatus.FAILED,
                    "Reading the file up to line %d takes longer than an invocation; split it, or upload it as .ndjson."
                            .formatted(messages.read().position().line()));
        }
        lease.save(lease.progress().released(now()), now());
        return null;
    }

    /**
     * Ends the open message for a run that would make no progress otherwise. After a crash the message must end at the
     * same element again: with more in it, other content would have a version that is in the queue already.
     */
    private void endMessageHere(BulkMessageStream messages) throws IOException, LeaseLostException {
        if (!messages.read().equals(start) && !lease.progress().endsMessage()) {
            long element = messages.read().position().element();
            lease.save(lease.progress().endingMessageAfter(element), now());
            checkpoints.save(messages.end());
        }
    }

    private void reject(BulkFileElement.RejectedElement refused, BulkMessageStream messages) {
        checkpoints.reject(refused, key.format());
        messages.skip(refused);
    }

    private void reportAt(Instant now) throws IOException {
        if (reportedAt.equals(Instant.MIN) || !now.isBefore(reportedAt.plus(REPORT_EVERY))) {
            reports.write(BulkLoadReport.running(lease.progress()));
            reportedAt = now;
        }
    }

    private Instant now() {
        return services.clock().instant();
    }
}
