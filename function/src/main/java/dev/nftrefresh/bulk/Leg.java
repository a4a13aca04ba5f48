package dev.nftrefresh.bulk;

import dev.nftrefresh.bulk.ObjectStore.State;
import dev.nftrefresh.file.BulkKey;
import dev.nftrefresh.file.FileElement;
import dev.nftrefresh.file.TokenFile;
import dev.nftrefresh.queue.SqsCallDeadline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one invocation loads of one file. For one thread. */
final class Leg {
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);
    /** A leg of this length that gets nothing done never will. */
    private static final Duration ENOUGH = Duration.ofMinutes(10);

    private final BulkServices services;
    private final Upload upload;
    private final BulkKey.Valid key;
    private final Lease lease;
    private final Instant stop;
    private final ReportFolder reports;
    private final Checkpoints checkpoints;
    private final Conclusion conclusion;
    private final Mark begin;
    private final Instant startedAt;
    private Instant reportedAt = Instant.MIN;

    /**
     * A leg that begins where the lease's progress says.
     *
     * @param stop when it stops reading
     */
    Leg(BulkServices services, Upload upload, BulkKey.Valid key, Lease lease, Instant stop) {
        this.services = services;
        this.upload = upload;
        this.key = key;
        this.lease = lease;
        this.stop = stop;
        this.reports = new ReportFolder(services.store(), upload);
        this.checkpoints = new Checkpoints(services, lease, reports);
        this.conclusion = new Conclusion(services, upload, lease, reports);
        this.begin = lease.progress().mark();
        this.startedAt = services.clock().instant();
    }

    /**
     * Loads until the end of the file, or of the time.
     *
     * @return what is reported of the file; null if the next leg goes on
     * @throws IOException if something outside failed, after which another leg is needed
     */
    @Nullable
    Report run() throws IOException, LeaseLost {
        try (StoredObject object = open()) {
            return load(object);
        } catch (RefusedFile refused) {
            return conclusion.write(refused);
        }
    }

    private StoredObject open() throws IOException, RefusedFile {
        boolean untouched = lease.progress().base() == null;
        State state = services.store().state(upload.object());
        StoredObject object =
                untouched && state == State.DELETED ? null : services.store().open(upload.object(), offset());
        if (object == null) {
            throw new RefusedFile("The object %s was deleted %s; upload it again."
                    .formatted(upload.object(), untouched ? "before it could be read" : "while it was loaded"));
        }
        return object;
    }

    /** Where this leg begins to read. */
    private long offset() {
        return TokenFile.startsAtOffset(key.format(), key.gzip())
                ? lease.progress().mark().after().offset()
                : 0;
    }

    private @Nullable Report load(StoredObject object) throws IOException, LeaseLost, RefusedFile {
        Instant base = BaseTime.of(object, upload.toldAt(), lease.progress());
        if (lease.progress().base() == null) {
            lease.save(lease.progress().basedOn(base), now());
        }
        var packer = new MessagePacker(
                upload.fileId(), key.collection(), base, begin.figures().messages());
        var content = new ObjectInput(services.store(), upload.object(), object, offset(), services.clock(), stop);
        // The other half of the margin is for the checkpoint and the report.
        var deadline = new SqsCallDeadline(
                services.clock(), stop.plus(services.margin().dividedBy(2)));
        try (var shipment = new Shipment(packer, new Outbox(services.refreshQueue(), deadline, begin), begin);
                var file = TokenFile.open(
                        content, key.format(), key.gzip(), key.collection(), object.lastModified(), begin.after())) {
            return load(file, shipment);
        }
    }

    private @Nullable Report load(TokenFile file, Shipment shipment) throws IOException, LeaseLost {
        while (true) {
            Instant now = now();
            if (!now.isBefore(stop)) {
                return stop(shipment);
            }
            reportAt(now);
            FileElement element;
            try {
                element = file.next();
            } catch (TimeIsUp _) {
                return stop(shipment);
            }
            switch (element) {
                case null -> {
                    checkpoints.at(shipment.end());
                    return shipment.read().figures().read() == 0
                            ? conclusion.write(LoadState.FAILED, TokenFile.EMPTY)
                            : conclusion.write(LoadState.DONE, null);
                }
                case FileElement.Broken broken -> {
                    checkpoints.at(shipment.end());
                    return conclusion.write(LoadState.FAILED, broken.detail());
                }
                case FileElement.Refused refused -> reject(refused, shipment);
                case FileElement.Token token -> {
                    if (shipment.add(token)) {
                        checkpoints.whenDue(shipment.confirmed());
                    }
                }
            }
            if (checkpoints.isFull()) {
                checkpoints.at(shipment.endOfWhole());
                checkpoints.writeAheadIfFull();
            }
            if (shipment.read().after().element() == lease.progress().messageEnd()) {
                checkpoints.at(shipment.end());
            }
        }
    }

    private @Nullable Report stop(Shipment shipment) throws IOException, LeaseLost {
        checkpoints.at(shipment.endOfWhole());
        if (lease.progress().mark().equals(begin)) {
            endMessageHere(shipment);
        }
        boolean stuck = lease.progress().mark().equals(begin)
                && !Duration.between(startedAt, stop).minus(ENOUGH).isNegative();
        if (stuck) {
            // Every leg would end so. What is in a message stays there.
            return conclusion.write(
                    LoadState.FAILED,
                    "Reading the file up to line %d takes longer than an invocation; split it, or upload it as .ndjson."
                            .formatted(shipment.read().after().line()));
        }
        lease.save(lease.progress().released(now()), now());
        return null;
    }

    /**
     * For a leg that would not get on otherwise. After a crash the message has to end at the same element again: with more
     * in it, other content would have the version that is in the queue already.
     */
    private void endMessageHere(Shipment shipment) throws IOException, LeaseLost {
        if (!shipment.read().equals(begin) && !lease.progress().endsMessage()) {
            long element = shipment.read().after().element();
            lease.save(lease.progress().endingMessageBehind(element), now());
            checkpoints.at(shipment.end());
        }
    }

    private void reject(FileElement.Refused refused, Shipment shipment) {
        checkpoints.reject(refused, key.format());
        shipment.passOver(refused);
    }

    private void reportAt(Instant now) throws IOException {
        if (reportedAt.equals(Instant.MIN) || !now.isBefore(reportedAt.plus(REPORT_EVERY))) {
            reports.write(Report.running(lease.progress()));
            reportedAt = now;
        }
    }

    private Instant now() {
        return services.clock().instant();
    }
}
