package dev.nftrefresh.bulkload;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object that is being read.
 *
 * @param content from the byte where it was opened
 * @param size of the whole object in bytes
 * @param lastModified when this version was uploaded
 * @param updatedAt the user metadata {@code updated-at} as written; absent if there is none
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
