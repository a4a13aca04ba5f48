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
 * The tokens of the one request that finds out whether an API that failed works again. Drawn by chance and fewer each
 * time, so that a token that makes it fail does not look like an API that is down for long.
 */
final class ApiHealthProbe {
    private static final int MOST_TOKENS = 128;
    private static final int MOST_HALVINGS = 7;
    /** Half of those there are, as it may be one of them that makes the API fail. */
    private static final int PART = 2;

    /**
     * During an outage messages come back in many small groups: a backlog of 100,000 in some 400 of them, each four times an
     * hour or more often. So many requests may find out, and no more.
     */
    private static final Duration LONGEST_APART = Duration.ofSeconds(30);

    private static final Duration SHORTEST_APART = Duration.ofSeconds(2);
    private static final int MOST_DOUBLINGS = 4;

    private ApiHealthProbe() {}

    /** How long another copy's failure a moment ago is answer enough; zero if one may find out. */
    static Duration untilNext(ApiHealth health, Instant now) {
        if (health.lastFailed() == null) {
            return Duration.ZERO;
        }
        int further = Math.clamp(health.failuresInARow() - OutcomeHandler.OUTAGE_FAILURES, 0, MOST_DOUBLINGS);
        Duration doubled = SHORTEST_APART.multipliedBy(1L << further);
        Duration apart = doubled.compareTo(LONGEST_APART) < 0 ? doubled : LONGEST_APART;
        Duration left = Duration.between(now, health.lastFailed().plus(apart));
        return left.isNegative() || left.compareTo(apart) > 0 ? Duration.ZERO : left;
    }

    /**
     * Some of these updates, of one collection; half as many with each further failure, in the end one.
     *
     * @param failures of a token's requests in a row; those go first that failed least, so that in the end each one goes
     * @param furtherFailures of the API since it looks as if it were down
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
        int half = Math.min(MOST_TOKENS, drawn.size() / PART);
        int count = Math.max(1, half >> Math.clamp(furtherFailures, 0, MOST_HALVINGS));
        Collections.shuffle(drawn, random);
        drawn.sort(Comparator.comparingInt(failures));
        return List.copyOf(drawn.subList(0, count));
    }
}
