package dev.nftrefresh.bulk;

import static dev.nftrefresh.telemetry.JsonLog.field;

import dev.nftrefresh.file.BulkKey;
import dev.nftrefresh.file.BulkKeyReader;
import dev.nftrefresh.telemetry.JsonLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Loads one uploaded file, as far as an invocation comes. */
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
     * @return after which wait the load goes on; null if the file's outcome is reported
     * @throws IOException if something outside failed
     */
    @Nullable
    Duration load(Upload upload, Invocation invocation) throws IOException {
        return switch (keys.read(upload.object().key())) {
            case BulkKey.Wrong(String detail) -> {
                var report = new Report(LoadState.FAILED, detail, Figures.NONE, now(), now());
                new ReportFolder(services.store(), upload).write(report);
                tell(upload, report, invocation.log());
                yield null;
            }
            case BulkKey.Valid valid ->
                switch (progress.claim(
                        upload, invocation.requestId(), now(), invocation.end().plus(LEASE_MARGIN))) {
                    case Claim.Mine(Lease lease) -> load(upload, valid, lease, invocation);
                    case Claim.Busy(Instant until) -> Duration.between(now(), until);
                    case Claim.Over(Progress over) -> {
                        // A crash may have come between the end and this.
                        new ReportFolder(services.store(), upload).deleteParts(over.parts());
                        yield null;
                    }
                };
        };
    }

    private @Nullable Duration load(Upload upload, BulkKey.Valid key, Lease lease, Invocation invocation)
            throws IOException {
        Instant stop = invocation.end().minus(services.margin());
        try {
            Report report = new Leg(services, upload, key, lease, stop).run();
            if (report != null) {
                tell(upload, report, invocation.log());
                return null;
            }
            long line = lease.progress().mark().after().line();
            invocation
                    .log()
                    .info("The next invocation goes on loading.", field("file", upload.object()), field("line", line));
            return Duration.ZERO;
        } catch (LeaseLost _) {
            invocation.log().warn("Another invocation loads the file now.", field("file", upload.object()));
            return LEASE_MARGIN;
        } catch (IOException | RuntimeException e) {
            release(lease);
            throw e;
        }
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
