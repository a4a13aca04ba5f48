package dev.nftrefresh.bulkload;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object that is being read.
 *
 * @param content from the place it was opened at
 * @param size bytes of the whole object
 * @param lastModified when this version was uploaded
 * @param updatedAt the user metadata {@code updated-at}, as it was written; absent if there is none
 */
public record StoredObject(
        InputStream content,
        long size,
        Instant lastModified,
        @Nullable String updatedAt) implements Closeable {
    @Override
    public void close() throws IOException {
        content.close();
    }
}
