package dev.nftrefresh.bulkload;

import dev.nftrefresh.update.ExportTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The version of what carries none of its own in a file. */
final class FileBaseVersion {
    /** The last moment of a second that S3's notices can tell. */
    private static final Duration LAST_OF_A_SECOND = Duration.ofMillis(999);
    /** S3 takes no longer to finish a file whose upload it has dated, unless that comes in parts. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private FileBaseVersion() {}

    /**
     * What an earlier leg found, else the uploader's {@code updated-at}, else the time of the upload.
     *
     * @param notifiedAt when S3 had taken the file; absent if it did not say
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
     * The time of the upload, which S3 tells in whole seconds, and of two within one second the later is to win: the milliseconds
     * are those of the moment at which S3 had taken the file, or the second's last one if that came later.
     */
    private static Instant uploadedAt(Instant lastModified, @Nullable Instant notifiedAt) {
        if (notifiedAt == null || notifiedAt.isBefore(lastModified) || notifiedAt.isAfter(lastModified.plus(LATE))) {
            return lastModified;
        }
        Instant last = lastModified.truncatedTo(ChronoUnit.SECONDS).plus(LAST_OF_A_SECOND);
        return notifiedAt.isBefore(last) ? notifiedAt : last;
    }
}
