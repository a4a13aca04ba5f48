package dev.nftrefresh.bulkload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Buckets of objects. Whatever fails is thrown as an {@link IOException} of one sentence. */
public interface ObjectStore {
    /**
     * Opens an object to read it.
     *
     * @param from the first byte wanted; at the object's size, nothing is left to read
     * @return null if there is no such object, or no such version any more
     */
    @Nullable
    StoredObject open(ObjectVersionId id, long from) throws IOException;

    /** What became of this version since. */
    VersionState state(ObjectVersionId id) throws IOException;

    /** Writes an object, in place of the one that may be there. */
    void put(String bucket, String key, ObjectContent content) throws IOException;

    /** Deletes an object; none may be there. */
    void delete(String bucket, String key) throws IOException;

    /** Whether a version is what its key shows. */
    enum VersionState {
        NEWEST,
        /** A newer version was uploaded. */
        REPLACED,
        /** The key shows nothing any more. */
        DELETED
    }

    /**
     * What is written.
     *
     * @param source opened once an attempt
     * @param length bytes that it gives
     * @param type its media type
     */
    record ObjectContent(ContentSource source, long length, String type) {
        /** What is in memory. */
        static ObjectContent of(byte[] bytes, String type) {
            return new ObjectContent(() -> new ByteArrayInputStream(bytes), bytes.length, type);
        }
    }

    /** Where bytes come from. */
    @FunctionalInterface
    interface ContentSource {
        /** Opens them at their start. */
        InputStream open() throws IOException;
    }
}
