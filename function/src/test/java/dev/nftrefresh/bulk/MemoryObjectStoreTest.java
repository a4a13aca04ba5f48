package dev.nftrefresh.bulk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class MemoryObjectStoreTest extends ObjectStoreContract {
    private final MemoryObjectStore store = new MemoryObjectStore(() -> Instant.parse("2026-11-25T10:00:00Z"));

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected ObjectId upload(String key, byte[] bytes, @Nullable String updatedAt) {
        return store.upload(BUCKET, key, bytes, updatedAt);
    }
}
