package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkload.ObjectStore.VersionState;
import dev.nftrefresh.settled.SettledCount;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ends a load behind its last checkpoint. The parts are deleted last of all: a crash before that joins them again, and one
 * after it leaves only that to do.
 */
record BulkLoadFinisher(BulkLoaderDependencies services, FileUpload upload, BulkLoadLease lease, ReportWriter reports) {
    /** Ends it with what its report says, and with what became of the file meanwhile. */
    BulkLoadReport write(BulkLoadStatus end, @Nullable String detail) throws IOException, LeaseLostException {
        VersionState state = services.store().state(upload.object());
        return write(end, sentences(detail, rejected(), ReplacedFileSentence.of(state)), state);
    }

    private static @Nullable String sentences(@Nullable String... sentences) {
        String all = Arrays.stream(sentences).filter(Objects::nonNull).collect(Collectors.joining(" "));
        return all.isEmpty() ? null : all;
    }

    private @Nullable String rejected() {
        return lease.progress().partBytes() < services.rejectedLineLimits().fileBytes()
                ? null
                : String.format(
                        Locale.ROOT,
                        "The rejected file ends after %,d bytes, so that some of the refused tokens may be missing.",
                        lease.progress().partBytes());
    }

    /** Ends that of a file that was refused. */
    BulkLoadReport write(RefusedFileException refused) throws IOException, LeaseLostException {
        return write(
                BulkLoadStatus.FAILED,
                sentences(refused.detail(), rejected()),
                services.store().state(upload.object()));
    }

    private BulkLoadReport write(BulkLoadStatus end, @Nullable String detail, VersionState state)
            throws IOException, LeaseLostException {
        BulkLoadProgress progress = lease.progress();
        reports.joinParts(progress.parts(), progress.partBytes(), state);
        SettledCount settled = settledSoFar(progress);
        Instant now = services.clock().instant();
        var ending = new BulkLoadProgress.Ending(detail, now, SettledReportWriter.settledAt(progress, settled, now));
        BulkLoadProgress ended = progress.ended(end, ending);
        var report = BulkLoadReport.ended(ended, ending, settled);
        reports.write(report, state);
        lease.save(ended, now);
        reports.deleteParts(progress.parts());
        return report;
    }

    /** None if they cannot be counted now: the load has ended without that, and they are counted again later. */
    private SettledCount settledSoFar(BulkLoadProgress progress) {
        try {
            return SettledReportWriter.count(services, upload, progress);
        } catch (ServiceUnavailableException _) {
            return SettledCount.NONE;
        }
    }
}
