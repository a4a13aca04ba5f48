package dev.nftrefresh.bulkload;

import dev.nftrefresh.settled.SettledCount;
import dev.nftrefresh.table.TableUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Completes the report of a loaded file as its tokens are settled. It counts from scratch each time, after pauses that
 * grow with the time since the load ended, and changes only the report.
 */
record SettledReportWriter(
        BulkLoaderDependencies services, FileUpload upload, BulkLoadLease lease, ReportWriter reports) {
    /** A count is late by at most a tenth of the time since the load ended. */
    private static final int PART_OF_AGE = 10;

    /** A partition of a million tokens has somewhat more than 4,000 records, one answer of DynamoDB. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /**
     * Counts.
     *
     * @param end when counting ends
     * @return the pause before the next count; null if nothing is left to count
     */
    @Nullable
    Duration run(BulkLoadProgress.Ending ending, Instant end) throws IOException, LeaseLostException {
        BulkLoadProgress progress = lease.progress();
        // A crash may have happened between the end of the load and this.
        reports.deleteParts(progress.parts());
        SettledCount settled = count(services, upload, progress);
        Instant now = services.clock().instant();
        Instant settledAt = settledAt(progress, settled, ending.finishedAt());
        Duration pause = services.pauses()
                .pause(Duration.between(ending.finishedAt(), now).dividedBy(PART_OF_AGE));
        boolean givenUp = settledAt == null && !now.plus(pause).isBefore(end);
        String detail = givenUp ? unheard(progress, settled, ending.detail()) : ending.detail();
        var counted = new BulkLoadProgress.Ending(detail, ending.finishedAt(), settledAt);
        reports.write(BulkLoadReport.ended(progress, counted, settled));
        lease.save(progress.counted(counted, now), now);
        return settledAt != null || givenUp ? null : pause;
    }

    private static String unheard(BulkLoadProgress progress, SettledCount settled, @Nullable String detail) {
        String sentence = "What became of %d tokens was not heard of within 14 days."
                .formatted(progress.checkpoint().counts().queued() - settled.total());
        return detail == null ? sentence : detail + " " + sentence;
    }

    /** How many of the file's tokens are settled; tokens after its checkpoint do not count as queued. */
    static SettledCount count(BulkLoaderDependencies services, FileUpload upload, BulkLoadProgress progress)
            throws ServiceUnavailableException {
        try {
            return services.settledTokens()
                    .count(upload.fileId(), progress.checkpoint().position().element(), PATIENCE);
        } catch (TableUnavailableException e) {
            throw new ServiceUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    /** When the last token was settled, but not before the load's end; null if some are not settled. */
    static @Nullable Instant settledAt(BulkLoadProgress progress, SettledCount settled, Instant finishedAt) {
        if (settled.total() != progress.checkpoint().counts().queued()) {
            return null;
        }
        return settled.lastAt().isAfter(finishedAt) ? settled.lastAt() : finishedAt;
    }
}
