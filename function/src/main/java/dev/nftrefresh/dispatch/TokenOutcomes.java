package dev.nftrefresh.dispatch;

import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of each token of an event. */
final class TokenOutcomes {
    private final @Nullable TokenOutcome[] byOrdinal;
    private final Set<QueuedMessage> finished = Collections.newSetFromMap(new IdentityHashMap<>());

    TokenOutcomes(int updates) {
        byOrdinal = new TokenOutcome[updates];
    }

    void set(QueuedUpdate update, TokenOutcome tokenOutcome) {
        byOrdinal[update.ordinal()] = tokenOutcome;
        if (tokenOutcome.endsItsMessage()) {
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

    TokenOutcome of(QueuedUpdate update) {
        return Objects.requireNonNull(
                byOrdinal[update.ordinal()],
                () -> "The pass ended without a fate for " + update.token().key());
    }
}
