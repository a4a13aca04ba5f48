package dev.nftrefresh.bulkload;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class InMemoryObjectStoreTest extends ObjectStoreContract {
    private final InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.parse("2026-11-25T10:00:00Z"));

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected ObjectVersionId upload(String key, byte[] bytes, @Nullable String updatedAt) {
        return store.upload(BUCKET, key, bytes, updatedAt);
    }
}
