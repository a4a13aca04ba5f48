package dev.nftrefresh.pass;

import dev.nftrefresh.pacing.Backoff;
import dev.nftrefresh.pacing.Jitter;
import java.time.Duration;

/**
 * How long what cannot be done now stays away. A wait is drawn once for all messages of a request: what comes back
 * together goes together, and what comes back alone goes alone.
 */
final class Waits {
    private final Backoff backoff;
    private final Jitter jitter;

    Waits(Backoff backoff, Jitter jitter) {
        this.backoff = backoff;
        this.jitter = jitter;
    }

    /** Told for each request apart. */
    @FunctionalInterface
    interface Wait {
        Duration of(PlannedRequest request);
    }

    /** After a failure that says nothing of when: longer with each attempt. */
    Wait growing() {
        return request -> backoff.afterAttempts(request.attempts());
    }

    /** Never shorter than this, and not all requests at once. */
    Wait atLeast(Duration wait) {
        return _ -> jitter.lengthen(wait);
    }

    /** Exactly this. */
    static Wait exactly(Duration wait) {
        return _ -> wait;
    }
}
