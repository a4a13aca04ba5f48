package dev.nftrefresh.dispatch;

import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outcome of each token of an event. */
final class TokenOutcomes {
    private final @Nullable TokenOutcome[] byOrdinal;
    private final Set<QueuedMessage> finished = IdentitySet.empty();

    TokenOutcomes(int updates) {
        byOrdinal = new TokenOutcome[updates];
    }

    void set(QueuedUpdate update, TokenOutcome tokenOutcome) {
        byOrdinal[update.ordinal()] = tokenOutcome;
        if (tokenOutcome.endsItsMessage()) {
            finished.add(update.message());
        }
    }

    /** An element of the message was not a valid update. */
    void rejected(QueuedMessage message) {
        finished.add(message);
    }

    /** Whether the remainder of the message is sent in another one. */
    boolean isFinished(QueuedMessage message) {
        return finished.contains(message);
    }

    TokenOutcome of(QueuedUpdate update) {
        return Objects.requireNonNull(
                byOrdinal[update.ordinal()],
                () -> "The pass ended without an outcome for " + update.token().key());
    }
}
