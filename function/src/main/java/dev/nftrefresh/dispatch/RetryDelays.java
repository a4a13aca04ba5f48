package dev.nftrefresh.dispatch;

import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.ratelimit.JitteredBackoff;
import java.time.Duration;
import java.time.Instant;

/**
 * How long what cannot be done now stays away. A wait is drawn once for all messages of a request: what comes back
 * together goes together, and what comes back alone goes alone.
 */
final class RetryDelays {
    /** An answer takes less. */
    private static final Duration AN_ANSWER = Duration.ofSeconds(1);

    private final JitteredBackoff backoff;

    RetryDelays(JitteredBackoff backoff) {
        this.backoff = backoff;
    }

    /** Told for each request apart. */
    @FunctionalInterface
    interface RetryDelay {
        Duration of(PlannedRequest request);
    }

    /** After failures that say nothing of when: longer with each one in a row. */
    Duration afterFailures(int failuresInARow, PlannedRequest request, Instant now) {
        return backoff.afterFailures(Math.max(failuresInARow, request.failures()), request.age(now));
    }

    /**
     * While the API is down, and another copy has found that out a moment ago. What has just come may be the one that finds
     * out next; what came back waits longer with each failure.
     */
    RetryDelay untilProbe(Duration untilNext, int failuresInARow, Instant now) {
        return request -> request.deliveries() > 1 ? afterFailures(failuresInARow, request, now) : untilNext;
    }

    /** Where the API could not be asked at all, so that only deliveries can be counted. */
    RetryDelay whileNotAsked(Instant now) {
        return request -> backoff.afterFailures(request.deliveries(), request.age(now));
    }

    /** The same for one update. */
    Duration whileNotAsked(QueuedUpdate update, Instant now) {
        Duration age = Duration.between(update.message().firstSentAt(), now);
        return backoff.afterFailures(update.message().attempts(), age.isNegative() ? Duration.ZERO : age);
    }

    /**
     * While another update of the token is under way: its answer will come within seconds, if it comes at all.
     *
     * @param rest of the other one's lease
     */
    Duration forAnother(Duration rest, QueuedUpdate update, Instant now) {
        Duration soon = whileNotAsked(update, now).plus(AN_ANSWER);
        return rest.compareTo(soon) < 0 ? rest : soon;
    }

    /** Exactly this. */
    static RetryDelay exactly(Duration wait) {
        return _ -> wait;
    }
}
