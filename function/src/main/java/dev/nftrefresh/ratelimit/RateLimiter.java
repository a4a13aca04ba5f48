package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next request may be sent, from what the API's answers so far said about the quota. Thread-safe. It
 * computes and never sleeps. Each call takes the longest time that its caller can wait for the shared table.
 */
public interface RateLimiter {
    /** Asks for a permit to send one request now. */
    PermitDecision tryAcquire(PermitRequest request, Instant now, Duration timeout);

    /**
     * Records the outcome of a request that was granted; every permit is given back exactly once. Where no request was
     * sent because there was no key, record {@link RefreshOutcome.KeyRefused}.
     *
     * @return how many requests to the API have failed in a row (a 5xx or an unknown answer, no answer, a refused key)
     *     since the last one that was accepted; those that were in flight together count once
     */
    int recordOutcome(Permit permit, RefreshOutcome outcome, Instant now, Duration timeout);

    /** Gives back a permit with which nothing was sent, because another request had its tokens. */
    void releaseUnused(Permit permit, Instant now, Duration timeout);

    /**
     * Schedules the return of requests that cannot be sent now.
     *
     * @return for each, in their order, how long its messages stay away; never negative
     */
    List<Duration> scheduleReturns(List<PermitRequest> requests, Instant now, Duration timeout);

    /**
     * Holds back a partly filled request, and reserves a send time for it.
     *
     * @return how long until it may be sent; never negative
     */
    Duration reserveSendTime(PermitRequest request, Instant now, Duration timeout);

    /** How the API has answered recently, to any copy. */
    ApiHealth health(Instant now, Duration timeout);

    /**
     * How the API has answered recently.
     *
     * @param failuresInARow requests that failed since the last one that was accepted
     * @param lastFailed when the last of these was answered; null if it is not known
     * @param lastAccepted when a request was accepted last; null if it is not known
     */
    record ApiHealth(
            int failuresInARow,
            @Nullable Instant lastFailed,
            @Nullable Instant lastAccepted) {}

    /**
     * The request to send.
     *
     * @param collection of the tokens
     * @param tokens from 1 to 250
     * @param isFull whether no other token would fit: a partly filled request may be held back for others
     * @param isSearch whether it is part of the search for tokens that Immutable refused
     * @param lane of its updates
     * @param waitsForOthers whether other requests of the collection may include its updates
     * @param isFilledUp whether it is full only with waiting updates, which may be bulk's
     * @param reservedSendTime when this collection's held-back partly filled request may be sent; null if none is held
     *     back
     * @param maximumHiddenTime how long its messages can stay hidden; a later place in the return queue would stay
     *     unused
     */
    record PermitRequest(
            CollectionId collection,
            int tokens,
            boolean isFull,
            boolean isSearch,
            UpdateLane lane,
            boolean waitsForOthers,
            boolean isFilledUp,
            @Nullable Instant reservedSendTime,
            Duration maximumHiddenTime) {
        /** SQS hides a message for at most 12 hours after its receive. */
        private static final Duration MAX_HIDDEN_TIME = Duration.ofHours(12);

        public PermitRequest(
                CollectionId collection,
                int tokens,
                boolean isFull,
                boolean isSearch,
                UpdateLane lane,
                boolean waitsForOthers) {
            this(collection, tokens, isFull, isSearch, lane, waitsForOthers, false, null, MAX_HIDDEN_TIME);
        }

        public PermitRequest(CollectionId collection, int tokens, boolean isFull, boolean isSearch, UpdateLane lane) {
            this(collection, tokens, isFull, isSearch, lane, true);
        }

        /** The same, with the send time that was reserved for the collection. */
        public PermitRequest withReservedSendTime(@Nullable Instant then) {
            return new PermitRequest(
                    collection, tokens, isFull, isSearch, lane, waitsForOthers, isFilledUp, then, maximumHiddenTime);
        }

        /** The same, for messages that can stay hidden for so long. */
        public PermitRequest withMaximumHiddenTime(Duration longest) {
            return new PermitRequest(
                    collection, tokens, isFull, isSearch, lane, waitsForOthers, isFilledUp, reservedSendTime, longest);
        }

        /** The same, filled up with waiting updates, with so many tokens in all. */
        public PermitRequest withFilledUp(int all) {
            return new PermitRequest(
                    collection, all, true, isSearch, lane, waitsForOthers, true, reservedSendTime, maximumHiddenTime);
        }
    }

    /** The rate limiter's answer. */
    sealed interface PermitDecision {}

    /**
     * The request may be sent.
     *
     * @param tokens how many tokens it may have in all, included waiting updates too: fewer than asked for where the
     *     quota counts tokens
     */
    record Granted(Permit permit, int tokens) implements PermitDecision {}

    /**
     * Not now.
     *
     * @param retryIn when to ask again; always positive: a wait that is over by now becomes {@link #MIN_WAIT}
     * @param reason whether the quota is used up, or the request only comes too early
     */
    record Denied(Duration retryIn, DenialReason reason) implements PermitDecision {
        /** An answer takes about that long, so asking more often would only cost CPU. */
        static final Duration MIN_WAIT = Duration.ofMillis(50);

        /** Makes the wait positive, as without one the caller would spin. */
        public Denied {
            retryIn = retryIn.isPositive() ? retryIn : MIN_WAIT;
        }
    }

    /**
     * Not now: bulk shares its calls with live updates of its collection, and these calls are spaced evenly.
     *
     * @param retryIn until the next shared call; always positive
     * @param interval between two shared calls
     * @param isMadeByOthers whether other copies hold enough of the collection's bulk for these calls
     */
    record AwaitSharedCall(Duration retryIn, Duration interval, boolean isMadeByOthers) implements PermitDecision {}

    /** Why a request may not be sent now. */
    enum DenialReason {
        /** The API said that nothing remains or asked for a wait: no request may be sent until the wait is over. */
        CLOSED,
        /** The requests a second are used up, or an answer that will say more is still awaited. */
        PACED,
        /** Only a full request may be sent: what is left of the quota is spent evenly on partly filled ones. */
        PARTLY_FILLED,
        /** The next bulk request of its collection includes its updates, if they wait in the table by then. */
        INCLUDED_BY_BULK,
        /**
         * The search for refused tokens has used its share of the quota, and other collections have something to send.
         */
        SEARCH_SHARE
    }

    /**
     * The right to send one request.
     *
     * @param tokens that the request may have in all, included waiting updates too
     */
    record Permit(long number, Instant grantedAt, int tokens) {
        /** The same, for a request that was sent with so many tokens in all, by which its answer is interpreted. */
        public Permit withTokens(int went) {
            return new Permit(number, grantedAt, went);
        }
    }
}
