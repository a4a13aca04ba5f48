package dev.nftrefresh.bulk;

import dev.nftrefresh.bulk.ObjectStore.State;
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
record Conclusion(BulkServices services, Upload upload, Lease lease, ReportFolder reports) {
    /** Ends it with what its report says, and with what became of the file meanwhile. */
    Report write(LoadState end, @Nullable String detail) throws IOException, LeaseLost {
        State state = services.store().state(upload.object());
        return write(end, sentences(detail, rejected(), Afterwards.of(state)), state);
    }

    private static @Nullable String sentences(@Nullable String... sentences) {
        String all = Arrays.stream(sentences).filter(Objects::nonNull).collect(Collectors.joining(" "));
        return all.isEmpty() ? null : all;
    }

    private @Nullable String rejected() {
        return lease.progress().partBytes() < services.room().fileBytes()
                ? null
                : String.format(
                        Locale.ROOT,
                        "The rejected file ends after %,d bytes, so that some of the refused tokens may be missing.",
                        lease.progress().partBytes());
    }

    /** Ends that of a file that was refused. */
    Report write(RefusedFile refused) throws IOException, LeaseLost {
        return write(
                LoadState.FAILED,
                sentences(refused.detail(), rejected()),
                services.store().state(upload.object()));
    }

    private Report write(LoadState end, @Nullable String detail, State state) throws IOException, LeaseLost {
        Progress progress = lease.progress();
        reports.joinParts(progress.parts(), progress.partBytes(), state);
        SettledCount settled = FollowUp.count(services, upload, progress);
        Instant now = services.clock().instant();
        var ending = new Progress.Ending(detail, now, FollowUp.settledAt(progress, settled, now));
        Progress ended = progress.ended(end, ending);
        var report = Report.ended(ended, ending, settled);
        reports.write(report, state);
        lease.save(ended, now);
        reports.deleteParts(progress.parts());
        return report;
    }
}
