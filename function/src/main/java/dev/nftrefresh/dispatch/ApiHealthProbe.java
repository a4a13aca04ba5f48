package dev.nftrefresh.dispatch;

import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.ratelimit.RateLimiter.ApiHealth;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Chooses the tokens of the one request that probes whether a failing API works again. They are drawn at random, and
 * fewer each time, so that one token that makes the API fail does not look like a long outage.
 */
final class ApiHealthProbe {
    private static final int MAX_TOKENS = 128;
    private static final int MAX_HALVINGS = 7;
    /** At most half of the tokens, as one of them may be what makes the API fail. */
    private static final int PART = 2;

    /**
     * During an outage messages return in many small groups: a backlog of 100,000 in some 400 of them, each at least
     * four times an hour. This limits the probes that all of them send.
     */
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(30);

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(2);
    private static final int MAX_DOUBLINGS = 4;

    private ApiHealthProbe() {}

    /** How long the last failure, whichever copy saw it, makes another probe unnecessary; zero if one may be sent. */
    static Duration untilNext(ApiHealth health, Instant now) {
        if (health.lastFailed() == null) {
            return Duration.ZERO;
        }
        int further = Math.clamp(health.failuresInARow() - OutcomeHandler.OUTAGE_FAILURES, 0, MAX_DOUBLINGS);
        Duration doubled = MIN_INTERVAL.multipliedBy(1L << further);
        Duration apart = doubled.compareTo(MAX_INTERVAL) < 0 ? doubled : MAX_INTERVAL;
        Duration left = Duration.between(now, health.lastFailed().plus(apart));
        return left.isNegative() || left.compareTo(apart) > 0 ? Duration.ZERO : left;
    }

    /**
     * Some of these updates, of one collection; half as many with each further failure, down to one.
     *
     * @param failures in a row of a token's requests; tokens with the fewest come first, so that each is tried in the
     *     end
     * @param furtherFailures of the API since it counts as down
     */
    static List<QueuedUpdate> of(
            List<QueuedUpdate> updates,
            ToIntFunction<QueuedUpdate> failures,
            int furtherFailures,
            RandomGenerator random) {
        CollectionId collection =
                updates.get(random.nextInt(updates.size())).token().key().collection();
        var drawn = new ArrayList<>(updates.stream()
                .filter(update -> update.token().key().collection().equals(collection))
                .toList());
        int half = Math.min(MAX_TOKENS, drawn.size() / PART);
        int count = Math.max(1, half >> Math.clamp(furtherFailures, 0, MAX_HALVINGS));
        Collections.shuffle(drawn, random);
        drawn.sort(Comparator.comparingInt(failures));
        return List.copyOf(drawn.subList(0, count));
    }
}
