package dev.nftrefresh.bulkload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store in memory, whose buckets keep every version as S3's do. */
public final class InMemoryObjectStore implements ObjectStore {
    private final InstantSource clock;
    private final Map<String, List<Version>> objects = new TreeMap<>();
    private int uploads;

    /** A store whose objects carry these times. */
    public InMemoryObjectStore(InstantSource clock) {
        this.clock = clock;
    }

    /** A version, or the mark of a deletion, which has no bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Version(
            String id,
            byte @Nullable [] bytes,
            Instant lastModified,
            @Nullable String updatedAt) {}

    /** Puts an object there as a user does, and says which version it became. */
    public synchronized ObjectVersionId upload(String bucket, String key, byte[] bytes, @Nullable String updatedAt) {
        String id = "v" + ++uploads;
        versions(bucket, key).add(new Version(id, bytes, clock.instant(), updatedAt));
        return new ObjectVersionId(bucket, key, id);
    }

    /** The text of an object as it is now; null if there is none. */
    public synchronized @Nullable String text(String bucket, String key) {
        Version newest = newest(bucket, key);
        return newest == null ? null : new String(bytes(newest), StandardCharsets.UTF_8);
    }

    /** The keys that begin so, of objects that are not deleted. */
    public synchronized List<String> keys(String bucket, String prefix) {
        String start = bucket + "/" + prefix;
        return objects.keySet().stream()
                .filter(name -> name.startsWith(start))
                .map(name -> name.substring(bucket.length() + 1))
                .filter(key -> newest(bucket, key) != null)
                .toList();
    }

    /** The version that a key shows. */
    public synchronized String newestVersion(ObjectVersionId id) {
        Version newest = newest(id.bucket(), id.key());
        return newest == null ? "" : newest.id();
    }

    /** Deletes a version for ever. */
    public synchronized void forget(ObjectVersionId id) {
        versions(id.bucket(), id.key()).removeIf(version -> version.id().equals(id.version()));
    }

    @Override
    public synchronized @Nullable StoredObject open(ObjectVersionId id, long from) {
        Version found = id.version() == null
                ? newest(id.bucket(), id.key())
                : versions(id.bucket(), id.key()).stream()
                        .filter(version -> version.id().equals(id.version()))
                        .findFirst()
                        .orElse(null);
        if (found == null || found.bytes() == null) {
            return null;
        }
        byte[] bytes = bytes(found);
        var content = new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from);
        return new StoredObject(content, bytes.length, found.lastModified(), found.updatedAt());
    }

    @Override
    public synchronized VersionState state(ObjectVersionId id) {
        Version newest = newest(id.bucket(), id.key());
        if (newest == null) {
            return VersionState.DELETED;
        }
        return id.version() == null || id.version().equals(newest.id()) ? VersionState.NEWEST : VersionState.REPLACED;
    }

    @Override
    public void put(String bucket, String key, ObjectContent content) throws IOException {
        byte[] bytes;
        try (InputStream in = content.source().open()) {
            bytes = in.readAllBytes();
        }
        if (bytes.length != content.length()) {
            throw new IOException(
                    "%d bytes were promised for %s, but %d came".formatted(content.length(), key, bytes.length));
        }
        upload(bucket, key, bytes, null);
    }

    @Override
    public synchronized void delete(String bucket, String key) {
        if (newest(bucket, key) != null) {
            versions(bucket, key).add(new Version("d" + ++uploads, null, clock.instant(), null));
        }
    }

    private List<Version> versions(String bucket, String key) {
        return objects.computeIfAbsent(bucket + "/" + key, _ -> new ArrayList<>());
    }

    private @Nullable Version newest(String bucket, String key) {
        List<Version> versions = versions(bucket, key);
        Version last = versions.isEmpty() ? null : versions.getLast();
        return last == null || last.bytes() == null ? null : last;
    }

    private static byte[] bytes(Version version) {
        return version.bytes() == null ? new byte[0] : version.bytes();
    }
}
