package dev.nftrefresh.local.adversary;

import dev.nftrefresh.bulkload.InMemoryObjectStore;
import dev.nftrefresh.bulkload.ObjectStore;
import dev.nftrefresh.bulkload.ObjectVersionId;
import dev.nftrefresh.bulkload.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bucket; it remembers every report that was ever written, also those that another one has replaced. */
final class ReportedStore implements ObjectStore {
    private final InMemoryObjectStore store;
    private final Clock clock;
    private final List<Written> reports = new ArrayList<>();

    /** An object that the loader wrote. */
    record Written(String key, Instant at, String text) {}

    ReportedStore(Clock clock) {
        this.clock = clock;
        store = new InMemoryObjectStore(clock);
    }

    /** Puts an object there as a user does. */
    ObjectVersionId upload(String bucket, String key, byte[] bytes) {
        return store.upload(bucket, key, bytes, null);
    }

    List<Written> reports() {
        return reports;
    }

    @Override
    public @Nullable StoredObject open(ObjectVersionId id, long from) {
        return store.open(id, from);
    }

    @Override
    public VersionState state(ObjectVersionId id) {
        return store.state(id);
    }

    @Override
    public void put(String bucket, String key, ObjectContent content) throws IOException {
        try (InputStream in = content.source().open()) {
            reports.add(new Written(key, clock.instant(), new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
        store.put(bucket, key, content);
    }

    @Override
    public void delete(String bucket, String key) {
        store.delete(bucket, key);
    }
}
