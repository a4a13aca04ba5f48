package dev.nftrefresh.bulkload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Buckets of objects. Every failure is an {@link IOException} whose message is one sentence. */
public interface ObjectStore {
    /**
     * Opens an object for reading.
     *
     * @param from the first byte wanted; at the object's size, nothing is left to read
     * @return null if the object or the version does not exist, or no longer does
     */
    @Nullable
    StoredObject open(ObjectVersionId id, long from) throws IOException;

    /** The state of this version now. */
    VersionState state(ObjectVersionId id) throws IOException;

    /** Writes an object, replacing an existing one. */
    void put(String bucket, String key, ObjectContent content) throws IOException;

    /** Deletes an object if it exists. */
    void delete(String bucket, String key) throws IOException;

    /** Whether a version is the current one of its key. */
    enum VersionState {
        NEWEST,
        /** A newer version was uploaded. */
        REPLACED,
        /** The object was deleted. */
        DELETED
    }

    /**
     * The content to write.
     *
     * @param source opened once for each attempt
     * @param length of the content in bytes
     * @param type its media type
     */
    record ObjectContent(ContentSource source, long length, String type) {
        /** Content in memory. */
        static ObjectContent of(byte[] bytes, String type) {
            return new ObjectContent(() -> new ByteArrayInputStream(bytes), bytes.length, type);
        }
    }

    /** A source of bytes. */
    @FunctionalInterface
    interface ContentSource {
        /** Opens them at their start. */
        InputStream open() throws IOException;
    }
}
