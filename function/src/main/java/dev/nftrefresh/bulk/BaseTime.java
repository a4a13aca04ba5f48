package dev.nftrefresh.bulk;

import dev.nftrefresh.update.ExportTime;
import java.time.Instant;
import java.util.Objects;

/** The version of what carries none of its own in a file. */
final class BaseTime {
    private BaseTime() {}

    /** What an earlier leg found, else the uploader's {@code updated-at}, else the time of the upload. */
    static Instant of(StoredObject object, Progress progress) throws RefusedFile {
        if (progress.base() != null) {
            return progress.base();
        }
        String text = object.updatedAt();
        if (text == null) {
            return object.lastModified();
        }
        ExportTime read = ExportTime.read(text, object.lastModified());
        if (read.fault() != null) {
            throw new RefusedFile("The object's metadata updated-at is refused: " + read.fault()
                    + "; upload the file again with the time at which it was exported.");
        }
        return Objects.requireNonNull(read.time());
    }
}
