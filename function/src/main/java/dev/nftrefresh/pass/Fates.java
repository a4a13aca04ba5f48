package dev.nftrefresh.pass;

import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.queue.QueuedUpdate;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of each token of an event. */
final class Fates {
    private final @Nullable Fate[] byOrdinal;
    private final Set<QueuedMessage> finished = Collections.newSetFromMap(new IdentityHashMap<>());

    Fates(int updates) {
        byOrdinal = new Fate[updates];
    }

    void set(QueuedUpdate update, Fate fate) {
        byOrdinal[update.ordinal()] = fate;
        if (fate.endsItsMessage()) {
            finished.add(update.message());
        }
    }

    /** A token of the message was no update. */
    void rejected(QueuedMessage message) {
        finished.add(message);
    }

    /** Whether what is left of the message goes on in another one. */
    boolean isFinished(QueuedMessage message) {
        return finished.contains(message);
    }

    Fate of(QueuedUpdate update) {
        return Objects.requireNonNull(
                byOrdinal[update.ordinal()],
                () -> "The pass ended without a fate for " + update.token().key());
    }
}
