package dev.nftrefresh.collection;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A collection that the API refuses: since when, how often it answered so, and until when nothing more is sent. Counted
 * from answers, never from deliveries; an acceptance ends it. Where tokens were refused, a day's record of that acceptance
 * stays: the next few that are refused alone are at fault themselves.
 *
 * @param cause what the API refuses
 * @param since the first such answer; for tokens the first one since another was accepted
 * @param answers the number of such answers that are at least 10 minutes apart
 * @param countedAt when the last of these arrived
 * @param lastAnswerAt when the last answer of all arrived
 * @param singleTokenRefusals tokens refused alone in a row, with nothing accepted in between
 * @param certainRefusalsLeft how many more tokens refused alone are certainly refused for their content, because another
 *     was accepted before them
 * @param waitCount the number of waits so far
 * @param waitUntil until when nothing is sent, before one request probes; null while requests are sent as usual
 * @param probeUntil until when that probe may be in flight; null while none is
 */
public record CollectionRefusal(
        RefusalCause cause,
        Instant since,
        int answers,
        Instant countedAt,
        Instant lastAnswerAt,
        int singleTokenRefusals,
        int certainRefusalsLeft,
        int waitCount,
        @Nullable Instant waitUntil,
        @Nullable Instant probeUntil) {
    /** Even if every second token is refused, so many refusals in a row have a chance of only 1 in 256. */
    public static final int MAX_CERTAIN_IN_A_ROW = 8;

    /** Answers closer together count as one: a burst of requests shows no more than its first. */
    private static final Duration MIN_ANSWER_INTERVAL = Duration.ofMinutes(10);

    /** Fewer could be a temporary fault. */
    private static final int FEWEST_ANSWERS = 3;

    /** After so long without such an answer the next one begins a new refusal. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    /** A collection is often registered minutes after its first mint. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private static final Duration LONGEST_WAIT_AFTER_A_DAY = Duration.ofHours(1);
    /**
     * Waits from 10 s to 15 minutes, and then these. The waits are counted, because the time of the first answer
     * differs by cause, and is reset while it is the key that is forbidden.
     */
    private static final int WAITS_OF_A_DAY = 102;
    /** 10 s doubled so often is past an hour. */
    private static final int MOST_DOUBLINGS = 9;

    private static final int PARTS_OF_WAIT = 4;

    /** A request and handling its answer take less; after this the probing copy is assumed to have crashed. */
    private static final Duration MAX_PROBE_TIME = Duration.ofSeconds(20);

    /** After so many tokens refused alone in a row, with nothing accepted, the tokens are probably not the cause. */
    private static final int TOO_MANY_SINGLE_TOKEN_REFUSALS = 3;

    /** What the API refuses, and how long an update waits for that to change. */
    public enum RefusalCause {
        /** 404: it does not know the collection, or not yet. */
        NOT_FOUND(Duration.ofHours(1)),
        /** 403: this key may not refresh the collection. Only people can grant that right. */
        FORBIDDEN(Duration.ofHours(24)),
        /** 400: it refuses each token that was tried. Updates are never rejected for that alone. */
        TOKENS(Duration.ofDays(365));

        private final Duration patience;

        RefusalCause(Duration patience) {
            this.patience = patience;
        }
    }

    /**
     * The state after an answer that refused the collection itself.
     *
     * @param known the state before; null for none
     * @param accepted when a request of any collection was accepted last: where every one is forbidden, the key is
     *     wrong, and such an answer says nothing about this collection
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

    /**
     * The state after a token that was refused alone.
     *
     * @param isCertain whether its content is certainly the cause
     */
    static CollectionRefusal ofSingleToken(@Nullable CollectionRefusal known, boolean isCertain, Instant now) {
        CollectionRefusal begun = begun(known, RefusalCause.TOKENS, now).counted(now);
        var more = new CollectionRefusal(
                begun.cause,
                !isCertain && begun.singleTokenRefusals == 0 ? now : begun.since,
                begun.answers,
                begun.countedAt,
                now,
                begun.singleTokenRefusals + (isCertain ? 0 : 1),
                isCertain ? Math.max(0, begun.certainRefusalsLeft - 1) : 0,
                begun.waitCount,
                begun.waitUntil,
                begun.probeUntil);
        return !isCertain && more.singleTokenRefusals >= TOO_MANY_SINGLE_TOKEN_REFUSALS ? more.waiting(now) : more;
    }

    /** The state after a token was accepted where others had been refused; null if nothing need be remembered. */
    @Nullable
    CollectionRefusal accepted(Instant now) {
        if (cause != RefusalCause.TOKENS || (!isWaiting() && isForgotten(now))) {
            return null;
        }
        return certainRefusalsLeft == MAX_CERTAIN_IN_A_ROW && !isWaiting()
                ? this
                : new CollectionRefusal(cause, now, 0, now, now, 0, MAX_CERTAIN_IN_A_ROW, 0, null, null);
    }

    /** The state after a probe was refused as a whole. */
    CollectionRefusal refusedAgain(Instant now) {
        return counted(now).waiting(now);
    }

    /**
     * The state after a probe failed, which says nothing about the collection. Another request may probe at once: if
     * the token makes it fail, the others would otherwise wait for as long as that token is in the queue.
     */
    CollectionRefusal failedAgain() {
        return withWait(waitCount, waitUntil, null);
    }

    /**
     * Whatever the cause, the waits keep growing; but the time after which updates are rejected depends on the cause.
     */
    private static CollectionRefusal begun(@Nullable CollectionRefusal known, RefusalCause cause, Instant now) {
        if (known == null || known.isForgotten(now)) {
            return new CollectionRefusal(cause, now, 0, now, now, 0, 0, 0, null, null);
        }
        return known.cause == cause
                ? known
                : new CollectionRefusal(
                        cause, now, 0, now, now, 0, 0, known.waitCount, known.waitUntil, known.probeUntil);
    }

    /** The time counts from the last answer before others were accepted. */
    private CollectionRefusal uncounted(Instant now) {
        return withAnswers(answers == 1 ? now : since, answers, countedAt, now);
    }

    private CollectionRefusal counted(Instant now) {
        boolean counts = answers == 0 || !now.isBefore(countedAt.plus(MIN_ANSWER_INTERVAL));
        return withAnswers(since, counts ? answers + 1 : answers, counts ? now : countedAt, now);
    }

    private CollectionRefusal withAnswers(Instant begin, int count, Instant lastCounted, Instant last) {
        return new CollectionRefusal(
                cause,
                begin,
                count,
                lastCounted,
                last,
                singleTokenRefusals,
                certainRefusalsLeft,
                waitCount,
                waitUntil,
                probeUntil);
    }

    private CollectionRefusal withWait(int count, @Nullable Instant until, @Nullable Instant probe) {
        return new CollectionRefusal(
                cause,
                since,
                answers,
                countedAt,
                lastAnswerAt,
                singleTokenRefusals,
                certainRefusalsLeft,
                count,
                until,
                probe);
    }

    /** Begins the next wait; answers to requests that were in flight together begin only one. */
    private CollectionRefusal waiting(Instant now) {
        if (waitUntil != null && probeUntil == null && now.isBefore(waitUntil)) {
            return this;
        }
        Duration longest = waitCount < WAITS_OF_A_DAY ? LONGEST_WAIT : LONGEST_WAIT_AFTER_A_DAY;
        Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(waitCount, MOST_DOUBLINGS));
        Duration wait = doubled.compareTo(longest) < 0 ? doubled : longest;
        return withWait(waitCount + 1, now.plus(wait), null);
    }

    /** The state once a copy sends a probe. */
    CollectionRefusal probed(Instant now) {
        return withWait(waitCount, waitUntil, now.plus(MAX_PROBE_TIME));
    }

    /** Whether it is so old that it says nothing about the next answer. */
    public boolean isForgotten(Instant now) {
        return Duration.between(lastAnswerAt, now).compareTo(FORGOTTEN) >= 0;
    }

    /** Whether only one request may be sent, as a probe, once the wait is over. */
    public boolean isWaiting() {
        return waitUntil != null;
    }

    /** How long nothing may be sent; zero if a probe may be. */
    public Duration remainingWait(Instant now) {
        if (waitUntil == null) {
            return Duration.ZERO;
        }
        Instant until = probeUntil != null && probeUntil.isAfter(waitUntil) ? probeUntil : waitUntil;
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }

    /**
     * How long an update that must not be sent stays hidden. While a probe is in flight, that is a part of the last
     * wait: an update that returns at once is received twice for each wait, and 950 receives must last for 13 days.
     * Where the table does not let any copy probe, it is a part of the time since the last answer.
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
     * Whether an update may be rejected: if enough answers over enough time refused it, and no probe is in flight that
     * checks whether that still holds.
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

    /** The time from the first such answer to the last. */
    public Duration refusedFor() {
        return Duration.between(since, lastAnswerAt);
    }
}
