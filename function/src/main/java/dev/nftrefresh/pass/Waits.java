package dev.nftrefresh.pass;

import dev.nftrefresh.pacing.Backoff;
import dev.nftrefresh.queue.QueuedUpdate;
import java.time.Duration;

/**
 * How long what cannot be done now stays away. A wait is drawn once for all messages of a request: what comes back
 * together goes together, and what comes back alone goes alone.
 */
final class Waits {
    /** An answer takes less. */
    private static final Duration AN_ANSWER = Duration.ofSeconds(1);

    private final Backoff backoff;

    Waits(Backoff backoff) {
        this.backoff = backoff;
    }

    /** Told for each request apart. */
    @FunctionalInterface
    interface Wait {
        Duration of(PlannedRequest request);
    }

    /** After a failure that says nothing of when: longer with each attempt. */
    Wait growing() {
        return request -> backoff.afterFailures(request.attempts(), Duration.ZERO);
    }

    /**
     * While another update of the token is under way: its answer will come within seconds, if it comes at all.
     *
     * @param rest of the other one's lease
     */
    Duration forAnother(Duration rest, QueuedUpdate update) {
        Duration soon = backoff.afterFailures(update.message().attempts(), Duration.ZERO)
                .plus(AN_ANSWER);
        return rest.compareTo(soon) < 0 ? rest : soon;
    }

    /** Exactly this. */
    static Wait exactly(Duration wait) {
        return _ -> wait;
    }
}
