package dev.nftrefresh.dispatch;

import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.ratelimit.JitteredBackoff;
import java.time.Duration;
import java.time.Instant;

/**
 * How long messages stay in the queue when their request cannot be sent now. A wait is drawn once for all messages of a
 * request: messages that return together are sent together, and one that returns alone is sent alone.
 */
final class RetryDelays {
    /** More than an answer takes. */
    private static final Duration ANSWER_TIME = Duration.ofSeconds(1);

    private final JitteredBackoff backoff;

    RetryDelays(JitteredBackoff backoff) {
        this.backoff = backoff;
    }

    /** A wait that is computed for each request. */
    @FunctionalInterface
    interface RetryDelay {
        Duration of(PlannedRequest request);
    }

    /** The wait after failures that name no wait: longer with each one in a row. */
    Duration afterFailures(int failuresInARow, PlannedRequest request, Instant now) {
        return backoff.afterFailures(Math.max(failuresInARow, request.failures()), request.age(now));
    }

    /**
     * The wait while the API is down and another copy probed it a moment ago. A request with only new messages may be
     * the next probe; redelivered messages wait longer with each failure.
     */
    RetryDelay untilProbe(Duration untilNext, int failuresInARow, Instant now) {
        return request -> request.deliveries() > 1 ? afterFailures(failuresInARow, request, now) : untilNext;
    }

    /** The wait where the API could not be called at all, so that only deliveries can be counted. */
    RetryDelay whileNotAsked(Instant now) {
        return request -> backoff.afterFailures(request.deliveries(), request.age(now));
    }

    /** The same for one update. */
    Duration whileNotAsked(QueuedUpdate update, Instant now) {
        Duration age = Duration.between(update.message().firstSentAt(), now);
        return backoff.afterFailures(update.message().attempts(), age.isNegative() ? Duration.ZERO : age);
    }

    /**
     * The wait while another update of the token is in flight: its answer arrives within seconds, if at all.
     *
     * @param rest the time left of the other update's lease
     */
    Duration forAnother(Duration rest, QueuedUpdate update, Instant now) {
        Duration soon = whileNotAsked(update, now).plus(ANSWER_TIME);
        return rest.compareTo(soon) < 0 ? rest : soon;
    }

    /** Exactly this wait for every request. */
    static RetryDelay exactly(Duration wait) {
        return _ -> wait;
    }
}
