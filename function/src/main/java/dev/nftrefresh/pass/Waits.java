package dev.nftrefresh.pass;

import dev.nftrefresh.pacing.Backoff;
import dev.nftrefresh.pacing.Jitter;
import dev.nftrefresh.queue.QueuedMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How long a message that cannot be done now stays away. */
final class Waits {
    private final Backoff backoff;
    private final Jitter jitter;
    private final Map<String, Duration> growing = new HashMap<>();

    Waits(Backoff backoff, Jitter jitter) {
        this.backoff = backoff;
        this.jitter = jitter;
    }

    /** Told for each message apart. */
    @FunctionalInterface
    interface Wait {
        Duration of(QueuedMessage message);
    }

    /** After a failure that says nothing of when: longer with each attempt, and drawn once a message. */
    Wait growing() {
        return message -> growing.computeIfAbsent(message.messageId(), _ -> backoff.afterAttempts(message.attempts()));
    }

    /** Never shorter than this, and not all at once. */
    Wait atLeast(Duration wait) {
        return _ -> jitter.lengthen(wait);
    }

    /** Exactly this. */
    static Wait exactly(Duration wait) {
        return _ -> wait;
    }
}
