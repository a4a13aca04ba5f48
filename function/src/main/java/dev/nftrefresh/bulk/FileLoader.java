package dev.nftrefresh.bulk;

import static dev.nftrefresh.telemetry.JsonLog.field;

import dev.nftrefresh.file.BulkKey;
import dev.nftrefresh.file.BulkKeyReader;
import dev.nftrefresh.queue.SqsLimits;
import dev.nftrefresh.settled.SettledCount;
import dev.nftrefresh.telemetry.JsonLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Loads one uploaded file, as far as an invocation comes, and counts its settled tokens once it is loaded. */
final class FileLoader {
    /** When another invocation may take a file over, after this one has ended for sure. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

    private final BulkServices services;
    private final BulkKeyReader keys;
    private final ProgressTable progress;

    FileLoader(BulkServices services, BulkKeyReader keys) {
        this.services = services;
        this.keys = keys;
        this.progress = new ProgressTable(services.table());
    }

    /**
     * Loads it.
     *
     * @param noticed when its notice was queued
     * @throws IOException if something outside failed
     */
    LoadResult load(Upload upload, Instant noticed, Invocation invocation) throws IOException {
        return switch (keys.read(upload.object().key())) {
            case BulkKey.Wrong(String detail) -> {
                var report = new Report(LoadState.FAILED, detail, Figures.NONE, now(), now(), SettledCount.NONE, now());
                new ReportFolder(services.store(), upload).write(report);
                tell(upload, report, invocation.log());
                yield new LoadResult.Over();
            }
            case BulkKey.Valid valid ->
                switch (progress.claim(
                        upload, invocation.requestId(), now(), invocation.end().plus(LEASE_MARGIN))) {
                    case Claim.Mine(Lease lease) -> load(upload, valid, lease, noticed, invocation);
                    case Claim.Busy(Instant until) -> new LoadResult.GoesOn(Duration.between(now(), until));
                    case Claim.Over(Progress over) -> {
                        // A crash may have come between the end and this.
                        new ReportFolder(services.store(), upload).deleteParts(over.parts());
                        yield new LoadResult.Over();
                    }
                };
        };
    }

    private LoadResult load(Upload upload, BulkKey.Valid key, Lease lease, Instant noticed, Invocation invocation)
            throws IOException {
        Instant stop = invocation.end().minus(services.margin());
        try {
            Progress.Ending ending = lease.progress().ending();
            if (ending != null) {
                return count(upload, lease, ending, noticed.plus(SqsLimits.RETENTION), invocation);
            }
            Report report = new Leg(services, upload, key, lease, stop).run();
            if (report != null) {
                tell(upload, report, invocation.log());
                return report.settledAt() == null
                        ? new LoadResult.Loaded(services.pauses().shortest())
                        : new LoadResult.Over();
            }
            long line = lease.progress().mark().after().line();
            invocation
                    .log()
                    .info(
                            "The next invocation continues the load.",
                            field("file", upload.object()),
                            field("line", line));
            return new LoadResult.GoesOn(Duration.ZERO);
        } catch (LeaseLost _) {
            invocation.log().warn("Another invocation is loading the file now.", field("file", upload.object()));
            return new LoadResult.GoesOn(LEASE_MARGIN);
        } catch (IOException | RuntimeException e) {
            release(lease);
            throw e;
        }
    }

    private LoadResult count(Upload upload, Lease lease, Progress.Ending ending, Instant end, Invocation invocation)
            throws IOException, LeaseLost {
        Duration pause =
                new FollowUp(services, upload, lease, new ReportFolder(services.store(), upload)).run(ending, end);
        if (pause != null) {
            return new LoadResult.Loaded(pause);
        }
        if (lease.progress().isOver()) {
            invocation.log().info("The tokens of a file are settled.", field("file", upload.object()));
        } else {
            invocation
                    .log()
                    .warn("What became of some tokens of a file was not heard of.", field("file", upload.object()));
        }
        return new LoadResult.Over();
    }

    /** So that the next attempt need not wait for the end of the lease. */
    private void release(Lease lease) {
        try {
            lease.save(lease.progress().released(now()), now());
        } catch (Unavailable | LeaseLost _) {
            // Then it waits, or has begun already.
        }
    }

    private void tell(Upload upload, Report report, JsonLog log) {
        JsonLog.Field[] fields = {
            field("file", upload.object()),
            field("detail", report.detail()),
            field("tokens_queued", report.figures().queued()),
            field("tokens_rejected", report.figures().rejected()),
            field("messages", report.figures().messages())
        };
        if (report.state() == LoadState.DONE) {
            services.metrics().fileDone();
            log.info("A file was loaded.", fields);
        } else {
            services.metrics().fileFailed();
            log.warn("A file could not be loaded.", fields);
        }
    }

    private Instant now() {
        return services.clock().instant();
    }
}
