package dev.nftrefresh.pass;

import dev.nftrefresh.batch.Vacancy;
import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.pacing.RefreshGate.Request;
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
 * @param failures how often it failed in this pass
 */
record PlannedRequest(
        CollectionId collection,
        List<QueuedUpdate> updates,
        @Nullable RefusalSearch search,
        int failures) {
    static PlannedRequest of(List<QueuedUpdate> updates) {
        return new PlannedRequest(updates.getFirst().token().key().collection(), updates, null, 0);
    }

    /** A part of a search. */
    static PlannedRequest of(CollectionId collection, List<QueuedUpdate> updates, RefusalSearch search) {
        return new PlannedRequest(collection, updates, search, 0);
    }

    /** The same request with only these of its updates. */
    PlannedRequest with(List<QueuedUpdate> kept) {
        return new PlannedRequest(collection, kept, search, failures);
    }

    /** The same request after one more failure. */
    PlannedRequest failedAgain() {
        return new PlannedRequest(collection, updates, search, failures + 1);
    }

    /** Whether others may ride along: not in a search, nor after a failure that one of them may have caused. */
    boolean takesOthers() {
        return search == null
                && failures == 0
                && updates.stream().noneMatch(update -> update.message().sendAlone());
    }

    Vacancy vacancy() {
        return Vacancy.beside(
                updates.stream().map(update -> update.token().json()).toList());
    }

    /** What the gate is asked for in this lane. */
    Request asked(Lane lane) {
        return new Request(
                collection, updates.size(), !takesOthers() || !vacancy().takesAny(), search != null, lane);
    }

    /** Attempts so far: deliveries of the update that had most, and what was tried again in this pass. */
    int attempts() {
        int deliveries = updates.stream()
                .mapToInt(update -> update.message().attempts())
                .max()
                .orElse(1);
        return deliveries + Math.max(0, failures - 1);
    }
}
