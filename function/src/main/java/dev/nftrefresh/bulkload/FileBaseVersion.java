package dev.nftrefresh.bulkload;

import dev.nftrefresh.update.ExportTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Determines the version of a file's tokens that have none of their own. */
final class FileBaseVersion {
    /** The last moment of a second that S3's notifications can express. */
    private static final Duration LAST_OF_A_SECOND = Duration.ofMillis(999);
    /** S3 takes no longer than this to finish a file after it has dated the upload, except for a multipart upload. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private FileBaseVersion() {}

    /**
     * The version that an earlier run found; otherwise the uploader's {@code updated-at}; otherwise the time of the
     * upload.
     *
     * @param notifiedAt when S3 had received the file; absent if it did not say
     */
    static Instant of(StoredObject object, @Nullable Instant notifiedAt, BulkLoadProgress progress)
            throws RefusedFileException {
        if (progress.base() != null) {
            return progress.base();
        }
        String text = object.updatedAt();
        if (text == null) {
            return uploadedAt(object.lastModified(), notifiedAt);
        }
        ExportTime read = ExportTime.read(text, object.lastModified());
        if (read.fault() != null) {
            throw new RefusedFileException("The object's metadata updated-at is refused: " + read.fault()
                    + "; upload the file again with the time at which it was exported.");
        }
        return Objects.requireNonNull(read.time());
    }

    /**
     * The time of the upload, which S3 reports in whole seconds. So that the later of two uploads within a second wins,
     * the milliseconds are those of the moment at which S3 had received the file, or the second's last one if that was
     * later.
     */
    private static Instant uploadedAt(Instant lastModified, @Nullable Instant notifiedAt) {
        if (notifiedAt == null || notifiedAt.isBefore(lastModified) || notifiedAt.isAfter(lastModified.plus(LATE))) {
            return lastModified;
        }
        Instant last = lastModified.truncatedTo(ChronoUnit.SECONDS).plus(LAST_OF_A_SECOND);
        return notifiedAt.isBefore(last) ? notifiedAt : last;
    }
}
