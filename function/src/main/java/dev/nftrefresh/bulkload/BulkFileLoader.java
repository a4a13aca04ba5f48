package dev.nftrefresh.bulkload;

import static dev.nftrefresh.telemetry.JsonLogger.field;

import dev.nftrefresh.bulkfile.BulkObjectKey;
import dev.nftrefresh.bulkfile.BulkObjectKeyReader;
import dev.nftrefresh.queue.SqsLimits;
import dev.nftrefresh.settled.SettledCount;
import dev.nftrefresh.telemetry.JsonLogger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Loads one uploaded file, as far as an invocation gets, and counts its settled tokens once it is loaded. */
final class BulkFileLoader {
    /** When another invocation may take a file over: after this one has certainly ended. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

    private final BulkLoaderDependencies services;
    private final BulkObjectKeyReader keys;
    private final BulkLoadProgressTable progress;

    BulkFileLoader(BulkLoaderDependencies services, BulkObjectKeyReader keys) {
        this.services = services;
        this.keys = keys;
        this.progress = new BulkLoadProgressTable(services.table());
    }

    /**
     * Loads the file.
     *
     * @param noticed when its notification was queued
     * @throws IOException if another service failed
     */
    LoadResult load(FileUpload upload, Instant noticed, LoaderInvocation invocation) throws IOException {
        return switch (keys.read(upload.object().key())) {
            case BulkObjectKey.Invalid(String detail) -> {
                var report = new BulkLoadReport(
                        BulkLoadStatus.FAILED, detail, BulkLoadCounts.NONE, now(), now(), SettledCount.NONE, now());
                new ReportWriter(services.store(), upload).write(report);
                log(upload, report, invocation.log());
                yield new LoadResult.Over();
            }
            case BulkObjectKey.Valid valid ->
                switch (progress.claim(
                        upload, invocation.requestId(), now(), invocation.end().plus(LEASE_MARGIN))) {
                    case BulkLoadClaim.Acquired(BulkLoadLease lease) -> load(upload, valid, lease, noticed, invocation);
                    case BulkLoadClaim.Busy(Instant until) -> new LoadResult.GoesOn(Duration.between(now(), until));
                    case BulkLoadClaim.AlreadyLoaded(BulkLoadProgress over) -> {
                        // A crash may have happened between the end and this.
                        new ReportWriter(services.store(), upload).deleteParts(over.parts());
                        yield new LoadResult.Over();
                    }
                };
        };
    }

    private LoadResult load(
            FileUpload upload,
            BulkObjectKey.Valid key,
            BulkLoadLease lease,
            Instant noticed,
            LoaderInvocation invocation)
            throws IOException {
        Instant stop = invocation.end().minus(services.margin());
        try {
            BulkLoadProgress.Ending ending = lease.progress().ending();
            if (ending != null) {
                return count(upload, lease, ending, noticed.plus(SqsLimits.RETENTION), invocation);
            }
            BulkLoadReport report = new BulkLoadRun(services, upload, key, lease, stop).run();
            if (report != null) {
                log(upload, report, invocation.log());
                return report.settledAt() == null
                        ? new LoadResult.Loaded(services.pauses().shortest())
                        : new LoadResult.Over();
            }
            long line = lease.progress().checkpoint().position().line();
            invocation
                    .log()
                    .info(
                            "The next invocation continues the load.",
                            field("file", upload.object()),
                            field("line", line));
            return new LoadResult.GoesOn(Duration.ZERO);
        } catch (LeaseLostException _) {
            invocation.log().warn("Another invocation is loading the file now.", field("file", upload.object()));
            return new LoadResult.GoesOn(LEASE_MARGIN);
        } catch (IOException | RuntimeException e) {
            release(lease);
            throw e;
        }
    }

    private LoadResult count(
            FileUpload upload,
            BulkLoadLease lease,
            BulkLoadProgress.Ending ending,
            Instant end,
            LoaderInvocation invocation)
            throws IOException, LeaseLostException {
        Duration pause = new SettledReportWriter(services, upload, lease, new ReportWriter(services.store(), upload))
                .run(ending, end);
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

    /** Releases the lease, so that the next attempt need not wait for its end. */
    private void release(BulkLoadLease lease) {
        try {
            lease.save(lease.progress().released(now()), now());
        } catch (ServiceUnavailableException | LeaseLostException _) {
            // Then it waits, or has begun already.
        }
    }

    private void log(FileUpload upload, BulkLoadReport report, JsonLogger log) {
        JsonLogger.LogField[] fields = {
            field("file", upload.object()),
            field("detail", report.detail()),
            field("tokens_queued", report.counts().queued()),
            field("tokens_rejected", report.counts().rejected()),
            field("messages", report.counts().messages())
        };
        if (report.state() == BulkLoadStatus.DONE) {
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
