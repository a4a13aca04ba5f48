package dev.nftrefresh.collection;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A collection that the API refuses, from the first such answer on: how often it answered so, and until when nothing more
 * is sent. It is counted from answers, never from deliveries, and an acceptance ends it.
 *
 * @param cause what the API refuses
 * @param since the first such answer
 * @param answers those that lie at least 10 minutes apart
 * @param countedAt the last one of these
 * @param lastAnswerAt the last one of all
 * @param singleTokenRefusals tokens refused alone in a row, with nothing accepted in between
 * @param waitCount how many waits there were so far
 * @param waitUntil until then nothing is sent; then one request finds out; null while requests go as ever
 * @param probeUntil until then that one request may be under way; null while none is
 */
public record CollectionRefusal(
        RefusalCause cause,
        Instant since,
        int answers,
        Instant countedAt,
        Instant lastAnswerAt,
        int singleTokenRefusals,
        int waitCount,
        @Nullable Instant waitUntil,
        @Nullable Instant probeUntil) {
    /** Answers that come closer together are one: a burst of requests says no more than its first. */
    private static final Duration MIN_ANSWER_INTERVAL = Duration.ofMinutes(10);

    /** Fewer could be a fault of the moment. */
    private static final int FEWEST_ANSWERS = 3;

    /** After so long without such an answer the next one is another refusal. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    /** A collection is often registered minutes after its first mint. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private static final Duration LONGEST_WAIT_AFTER_A_DAY = Duration.ofHours(1);
    /**
     * From 10 s to 15 minutes, and then these. Counted, because the time of the first answer is another one for each cause, and
     * where it is the key that is forbidden.
     */
    private static final int WAITS_OF_A_DAY = 102;
    /** 10 s doubled so often is past an hour. */
    private static final int MOST_DOUBLINGS = 9;

    private static final int PARTS_OF_WAIT = 4;

    /** A request, its answer and what follows take less; after it the copy that tried is taken for dead. */
    private static final Duration MAX_PROBE_TIME = Duration.ofSeconds(20);

    /** So many tokens refused alone in a row, and nothing accepted: then it is hardly the tokens. */
    private static final int TOO_MANY_SINGLE_TOKEN_REFUSALS = 3;

    /** What the API refuses, and how long an update waits for that to change. */
    public enum RefusalCause {
        /** 404: it does not know the collection, perhaps not yet. */
        NOT_FOUND(Duration.ofHours(1)),
        /** 403: this key may not refresh the collection. Rights are given by people. */
        FORBIDDEN(Duration.ofHours(24)),
        /** 400: it refuses each token that was tried. Such tokens are never given up for that alone. */
        TOKENS(Duration.ofDays(365));

        private final Duration patience;

        RefusalCause(Duration patience) {
            this.patience = patience;
        }
    }

    /**
     * After an answer that refused the collection itself.
     *
     * @param known what was known before; null for nothing
     * @param accepted when a request was accepted last, of whatever collection: where every one is forbidden, it is the key
     *     that is wrong, and such an answer says nothing of this collection
     */
    static CollectionRefusal ofCollection(
            @Nullable CollectionRefusal known, RefusalCause cause, @Nullable Instant accepted, Instant now) {
        CollectionRefusal begun = begun(known, cause, now);
        boolean others = accepted != null && accepted.isAfter(begun.lastAnswerAt);
        return (cause == RefusalCause.FORBIDDEN && begun.answers > 0 && !others
                        ? begun.uncounted(now)
                        : begun.counted(now))
                .waiting(now);
    }

    /** After a token that was refused alone, and nobody knows whether it is for what is in it. */
    static CollectionRefusal ofSingleToken(@Nullable CollectionRefusal known, Instant now) {
        CollectionRefusal begun = begun(known, RefusalCause.TOKENS, now).counted(now);
        var more = new CollectionRefusal(
                begun.cause,
                begun.since,
                begun.answers,
                begun.countedAt,
                now,
                begun.singleTokenRefusals + 1,
                begun.waitCount,
                begun.waitUntil,
                begun.probeUntil);
        return more.singleTokenRefusals >= TOO_MANY_SINGLE_TOKEN_REFUSALS ? more.waiting(now) : more;
    }

    /** After the one request of a wait was refused as a whole. */
    CollectionRefusal refusedAgain(Instant now) {
        return counted(now).waiting(now);
    }

    /**
     * After the one request of a wait failed, which says nothing of the collection. Another one may find out at once: where it is
     * its token that fails, the others would else wait behind it for as long as it lives.
     */
    CollectionRefusal failedAgain() {
        return new CollectionRefusal(
                cause, since, answers, countedAt, lastAnswerAt, singleTokenRefusals, waitCount, waitUntil, null);
    }

    /** Whatever the cause, the waits go on growing; but the time after which updates are given up is each cause's own. */
    private static CollectionRefusal begun(@Nullable CollectionRefusal known, RefusalCause cause, Instant now) {
        if (known == null || Duration.between(known.lastAnswerAt, now).compareTo(FORGOTTEN) >= 0) {
            return new CollectionRefusal(cause, now, 0, now, now, 0, 0, null, null);
        }
        return known.cause == cause
                ? known
                : new CollectionRefusal(cause, now, 0, now, now, 0, known.waitCount, known.waitUntil, known.probeUntil);
    }

    /** The time counts from the last answer before others were accepted. */
    private CollectionRefusal uncounted(Instant now) {
        Instant begin = answers == 1 ? now : since;
        return new CollectionRefusal(
                cause, begin, answers, countedAt, now, singleTokenRefusals, waitCount, waitUntil, probeUntil);
    }

    private CollectionRefusal counted(Instant now) {
        boolean counts = answers == 0 || !now.isBefore(countedAt.plus(MIN_ANSWER_INTERVAL));
        return new CollectionRefusal(
                cause,
                since,
                counts ? answers + 1 : answers,
                counts ? now : countedAt,
                now,
                singleTokenRefusals,
                waitCount,
                waitUntil,
                probeUntil);
    }

    /** The next wait begins; the answers to requests that went together begin only one. */
    private CollectionRefusal waiting(Instant now) {
        if (waitUntil != null && probeUntil == null && now.isBefore(waitUntil)) {
            return this;
        }
        Duration longest = waitCount < WAITS_OF_A_DAY ? LONGEST_WAIT : LONGEST_WAIT_AFTER_A_DAY;
        Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(waitCount, MOST_DOUBLINGS));
        Duration wait = doubled.compareTo(longest) < 0 ? doubled : longest;
        return new CollectionRefusal(
                cause,
                since,
                answers,
                countedAt,
                lastAnswerAt,
                singleTokenRefusals,
                waitCount + 1,
                now.plus(wait),
                null);
    }

    /** As it is once somebody sends the one request that finds out. */
    CollectionRefusal probed(Instant now) {
        return new CollectionRefusal(
                cause,
                since,
                answers,
                countedAt,
                lastAnswerAt,
                singleTokenRefusals,
                waitCount,
                waitUntil,
                now.plus(MAX_PROBE_TIME));
    }

    /** Whether only one request may go, to find out, once the wait is over. */
    public boolean isWaiting() {
        return waitUntil != null;
    }

    /** How long nothing may go; zero if one request may. */
    public Duration remainingWait(Instant now) {
        if (waitUntil == null) {
            return Duration.ZERO;
        }
        Instant until = probeUntil != null && probeUntil.isAfter(waitUntil) ? probeUntil : waitUntil;
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }

    /**
     * How long an update that must not go stays away. While a request finds out, that is a part of the last wait: an update that
     * comes back at once is received twice for each wait, and 950 receives must last for 13 days. Where the table lets nobody
     * find out, it is a part of the time since the last answer.
     */
    public Duration returnDelay(Instant now) {
        Duration left = remainingWait(now);
        if (waitUntil == null || now.isBefore(waitUntil)) {
            return left;
        }
        Instant end = left.isPositive() ? waitUntil : now;
        Duration part = Duration.between(lastAnswerAt, end).dividedBy(PARTS_OF_WAIT);
        Duration most = part.compareTo(LONGEST_WAIT) < 0 || left.isPositive() ? part : LONGEST_WAIT;
        return most.compareTo(left) > 0 ? most : left;
    }

    /**
     * Whether an update may be given up: by answers that say so, from the first to the last of them, and not while a request
     * finds out whether they still hold.
     *
     * @param age of the update
     */
    public boolean isExpired(Duration age, Instant now) {
        return waitUntil != null
                && now.isBefore(waitUntil)
                && answers >= FEWEST_ANSWERS
                && refusedFor().compareTo(cause.patience) >= 0
                && age.compareTo(cause.patience) >= 0;
    }

    /** How long the API has answered so. */
    public Duration refusedFor() {
        return Duration.between(since, lastAnswerAt);
    }
}
