package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says when the next request may go, from what the answers so far said of the quota; safe for use by many threads. It
 * computes and never sleeps. Each step is told how long its caller can wait for what copies share.
 */
public interface RateLimiter {
    /** Asks for one request to go now. */
    PermitDecision tryAcquire(PermitRequest request, Instant now, Duration timeout);

    /**
     * Tells what came of a request that was granted; every permit is given back exactly once. Where no request went
     * because there was no key, tell {@link RefreshOutcome.KeyRefused}.
     *
     * @return how many requests of the whole API have failed in a row (a 5xx or an answer that nobody names, no answer, a
     *     refused key) since the last one that was accepted; those that were under way together count once
     */
    int recordOutcome(Permit permit, RefreshOutcome outcome, Instant now, Duration timeout);

    /** Gives back a permit for which nothing was sent, because another request had its tokens. */
    void releaseUnused(Permit permit, Instant now, Duration timeout);

    /**
     * Gives requests that cannot go now their places in line.
     *
     * @return for each, in their order, how long its messages stay away; never negative
     */
    List<Duration> scheduleReturns(List<PermitRequest> requests, Instant now, Duration timeout);

    /**
     * Holds a partly filled request back, and promises it a moment of its own.
     *
     * @return how long until it may go; never negative
     */
    Duration reserveSendTime(PermitRequest request, Instant now, Duration timeout);

    /** How the API has answered lately, to whichever copy. */
    ApiHealth health(Instant now, Duration timeout);

    /**
     * How the API has answered lately.
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
     * What is to be sent.
     *
     * @param collection of the tokens
     * @param tokens from 1 to 250
     * @param isFull whether no other token could ride along: a partly filled request may be held back for others
     * @param isSearch whether it is a part of the search for tokens that Immutable refused
     * @param lane whose updates they are
     * @param waitsForOthers whether its updates may go along with other requests of their collection
     * @param isFilledUp whether it is full only by tokens that waited, which may be bulk's
     * @param reservedSendTime when the partly filled request of this collection that was held back may go; null if none was
     * @param maximumHiddenTime how long its messages can stay away; a place in line that is later would be nobody's
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
        /** SQS hides a message for 12 hours at most, from its receive on. */
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

        /** The same, of a collection to which that was promised. */
        public PermitRequest withReservedSendTime(@Nullable Instant then) {
            return new PermitRequest(
                    collection, tokens, isFull, isSearch, lane, waitsForOthers, isFilledUp, then, maximumHiddenTime);
        }

        /** The same, of messages that can stay away for so long. */
        public PermitRequest withMaximumHiddenTime(Duration longest) {
            return new PermitRequest(
                    collection, tokens, isFull, isSearch, lane, waitsForOthers, isFilledUp, reservedSendTime, longest);
        }

        /** The same, full, with tokens that waited, and so many in all. */
        public PermitRequest withFilledUp(int all) {
            return new PermitRequest(
                    collection, all, true, isSearch, lane, waitsForOthers, true, reservedSendTime, maximumHiddenTime);
        }
    }

    /** What the gate says. */
    sealed interface PermitDecision {}

    /**
     * The request may go.
     *
     * @param tokens how many tokens may ride in all, those included that ride along with a partly filled request: fewer
     *     than asked for where the quota counts tokens
     */
    record Granted(Permit permit, int tokens) implements PermitDecision {}

    /**
     * Not now.
     *
     * @param retryIn ask again after this long; always positive, as what is over by now becomes {@link #MIN_WAIT}
     * @param reason whether the quota is used up, or only this moment is wrong
     */
    record Denied(Duration retryIn, DenialReason reason) implements PermitDecision {
        /** An answer takes about that long, so asking more often would only cost CPU. */
        static final Duration MIN_WAIT = Duration.ofMillis(50);

        /** A wait that is none would let its caller spin. */
        public Denied {
            retryIn = retryIn.isPositive() ? retryIn : MIN_WAIT;
        }
    }

    /**
     * Not now: bulk shares its calls with live updates of its collection, and these go evenly.
     *
     * @param retryIn until the next of them; always positive
     * @param interval from one to the next
     * @param isMadeByOthers whether other copies hold enough of the collection's bulk for these calls
     */
    record AwaitSharedCall(Duration retryIn, Duration interval, boolean isMadeByOthers) implements PermitDecision {}

    /** Why a request may not go now. */
    enum DenialReason {
        /** The API said that nothing remains or asked for a wait: no request may go until the wait is over. */
        CLOSED,
        /** The requests a second are used up, or an answer that will tell more is still awaited. */
        PACED,
        /** Only a full request may go: what is left of the quota is spent evenly. */
        SPARED,
        /** The next request of bulk of its collection takes it along, if it waits in the waiting room by then. */
        GOES_ALONG,
        /** The search for refused tokens has had its share of the quota, and other collections have something to send. */
        SEARCH_SHARE
    }

    /**
     * The right to send one request.
     *
     * @param tokens that may ride in all, those included that ride along
     */
    record Permit(long number, Instant grantedAt, int tokens) {
        /** The same, for a request that went with so many tokens in all: what its answer tells is judged by them. */
        public Permit withTokens(int went) {
            return new Permit(number, grantedAt, went);
        }
    }
}
