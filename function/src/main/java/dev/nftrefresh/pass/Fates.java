package dev.nftrefresh.pass;

import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of each token of an event. */
final class Fates {
    private final @Nullable Fate[] byOrdinal;

    Fates(int updates) {
        byOrdinal = new Fate[updates];
    }

    void set(QueuedUpdate update, Fate fate) {
        byOrdinal[update.ordinal()] = fate;
    }

    Fate of(QueuedUpdate update) {
        return Objects.requireNonNull(
                byOrdinal[update.ordinal()],
                () -> "The pass ended without a fate for " + update.token().key());
    }
}
