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
 * @param half whether it is a part of a request that Immutable refused, where the refused token is searched
 * @param sibling the other half, held back until this one is answered: if this one is accepted, the refused token is in
 *     the other, and that need not be sent whole to know it
 */
record PlannedRequest(
        CollectionId collection,
        List<QueuedUpdate> updates,
        boolean half,
        @Nullable PlannedRequest sibling) {

    static PlannedRequest of(List<QueuedUpdate> updates) {
        return new PlannedRequest(updates.getFirst().token().key().collection(), updates, false, null);
    }

    /** The first half, which holds the second one as its sibling. */
    PlannedRequest halved() {
        int middle = updates.size() / 2;
        var second = new PlannedRequest(collection, updates.subList(middle, updates.size()), true, null);
        return new PlannedRequest(collection, updates.subList(0, middle), true, second);
    }

    /** The same request with only these of its updates. */
    PlannedRequest with(List<QueuedUpdate> kept) {
        return new PlannedRequest(collection, kept, half, sibling);
    }
}
