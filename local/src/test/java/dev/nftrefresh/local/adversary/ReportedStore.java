package dev.nftrefresh.local.adversary;

import dev.nftrefresh.bulk.MemoryObjectStore;
import dev.nftrefresh.bulk.ObjectId;
import dev.nftrefresh.bulk.ObjectStore;
import dev.nftrefresh.bulk.StoredObject;
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
    private final MemoryObjectStore store;
    private final Clock clock;
    private final List<Written> reports = new ArrayList<>();

    /** An object that the loader wrote. */
    record Written(String key, Instant at, String text) {}

    ReportedStore(Clock clock) {
        this.clock = clock;
        store = new MemoryObjectStore(clock);
    }

    /** Puts an object there as a user does. */
    ObjectId upload(String bucket, String key, byte[] bytes) {
        return store.upload(bucket, key, bytes, null);
    }

    List<Written> reports() {
        return reports;
    }

    @Override
    public @Nullable StoredObject open(ObjectId id, long from) {
        return store.open(id, from);
    }

    @Override
    public State state(ObjectId id) {
        return store.state(id);
    }

    @Override
    public void put(String bucket, String key, Content content) throws IOException {
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
