package dev.nftrefresh.api;

import dev.nftrefresh.update.CollectionId;
import java.time.Duration;

/** Immutable's refresh endpoint. */
@FunctionalInterface
public interface RefreshApi {
    /**
     * Sends one request and waits for its answer. Thread-safe.
     *
     * @param collection whose tokens these are, already checked
     * @param body the whole request body, at most 233,472 bytes
     * @param apiKey sent in {@code x-immutable-api-key}
     * @param timeout for the whole exchange, connecting included
     * @return its outcome; failures are outcomes, never exceptions
     */
    RefreshOutcome refresh(CollectionId collection, byte[] body, String apiKey, Duration timeout);
}
