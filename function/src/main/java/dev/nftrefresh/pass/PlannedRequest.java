package dev.nftrefresh.pass;

import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.update.CollectionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that may go next.
 *
 * @param collection whose tokens these are
 * @param updates each token once
 * @param search if it is a part of a request that Immutable refused: what else that search has to look at
 */
record PlannedRequest(
        CollectionId collection,
        List<QueuedUpdate> updates,
        @Nullable RefusalSearch search) {

    static PlannedRequest of(List<QueuedUpdate> updates) {
        return new PlannedRequest(updates.getFirst().token().key().collection(), updates, null);
    }

    /** The same request with only these of its updates. */
    PlannedRequest with(List<QueuedUpdate> kept) {
        return new PlannedRequest(collection, kept, search);
    }

    /** Deliveries so far of the update that had most. */
    int attempts() {
        return updates.stream()
                .mapToInt(update -> update.message().attempts())
                .max()
                .orElse(1);
    }
}
