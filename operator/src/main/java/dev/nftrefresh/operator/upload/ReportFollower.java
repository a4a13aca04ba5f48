package dev.nftrefresh.operator.upload;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows the report of one upload until each token of the file is settled. */
final class ReportFollower {
    /** A report is written every few seconds at most. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    /** The loader counts no longer. */
    private static final Duration LONGEST = Duration.ofDays(14);

    private final BucketFile file;
    private final @Nullable String version;
    private final String startedBefore;
    private final InstantSource clock;
    private final Pause pause;
    private @Nullable String started;

    /**
     * A follower of an upload.
     *
     * @param version that it became; null in a bucket without versions
     * @param before the report that existed before the upload; null if there was none
     */
    ReportFollower(
            BucketFile file, @Nullable String version, @Nullable FileReport before, InstantSource clock, Pause pause) {
        this.file = file;
        this.version = version;
        this.startedBefore = before == null ? "" : before.startedAt();
        this.clock = clock;
        this.pause = pause;
    }

    /** Lets time pass on the calling thread. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /**
     * Returns the last report.
     *
     * @param progress gets each report, also the same one again; null while there is none
     */
    FileReport follow(Consumer<@Nullable FileReport> progress) throws InterruptedException {
        while (true) {
            FileReport report = look();
            progress.accept(report);
            if (report != null && isLast(report)) {
                return report;
            }
            pause.of(BETWEEN_LOOKS);
        }
    }

    private boolean isLast(FileReport report) {
        Instant finished = report.finishedAt();
        if (finished == null || report.isSettled()) {
            return report.isSettled();
        }
        return !report.isCounted() || !clock.instant().isBefore(finished.plus(LONGEST));
    }

    /** The upload's own report. One that was there before is another upload's, and so is one that comes after it. */
    private @Nullable FileReport look() {
        FileReport newest = file.report();
        boolean isOther = newest == null
                || newest.startedAt().equals(startedBefore)
                || (started != null && !newest.startedAt().equals(started));
        FileReport own = isOther && version != null ? file.reportOf(version) : null;
        if (own == null && !isOther) {
            own = newest;
        }
        started = own == null ? started : own.startedAt();
        return own;
    }
}
