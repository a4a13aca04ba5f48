package dev.nftrefresh.ledger;

import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows which update of a token is the newest one that was claimed or accepted; safe for use by many threads and, in
 * its shared form, by many copies of the function. Only what was accepted supersedes: a refused or lost update never
 * does.
 */
public interface TokenLedger {
    /** A token whose requests failed so often in a row, while others were accepted, may be the reason, and goes apart. */
    int SUSPICIOUS_FAILURES = 5;

    /**
     * Says what a claim would say now, and claims nothing.
     *
     * @param timeout how long the caller can wait; what is not known by then is busy
     * @return one answer for each token, in their order
     */
    List<ClaimResult> preview(List<TokenUpdate> tokens, Instant now, Duration timeout);

    /**
     * Claims tokens for a request that is about to be sent. It may claim more before it goes, where some were denied.
     *
     * @param request a name that no other request has
     * @param fromWaitingUpdates whether these tokens come from the waiting room, and their messages are still in the queue
     * @param tokens of the request, each token once
     * @param now the time
     * @param leaseEnd until when this request may be under way; after it the claimer is taken for dead
     * @param timeout how long the caller can wait; what was not claimed by then is busy
     * @return one claim for each token, in their order
     */
    List<ClaimResult> claim(
            String request,
            boolean fromWaitingUpdates,
            List<TokenUpdate> tokens,
            Instant now,
            Instant leaseEnd,
            Duration timeout);

    /**
     * Tells how a request that holds claims went; ends its leases. An acceptance told after the lease still counts.
     *
     * @param timeout how long the caller can wait
     * @return whether this is written down for every token of the request, for good. If it is not, the caller must not
     *     report accepted messages as done: they come back, and their updates go again
     */
    boolean recordOutcome(String request, RequestOutcome end, Instant now, Duration timeout);

    /** What came of claiming one token. */
    sealed interface ClaimResult {}

    /**
     * The token may be sent with the request.
     *
     * @param failures how many requests in a row failed with this token while others were accepted
     * @param rejectedAt when this very version was refused alone and rejected; null if it was not
     */
    record Granted(int failures, @Nullable Instant rejectedAt) implements ClaimResult {}

    /** A newer update of the token was accepted: nothing is left to do. */
    record Superseded() implements ClaimResult {}

    /**
     * This very update was accepted before: nothing is left to do.
     *
     * @param fromWaitingUpdates whether it was accepted in the place of its own message, which waited in the queue
     */
    record AlreadyAccepted(boolean fromWaitingUpdates) implements ClaimResult {}

    /**
     * Another update of the token is under way, or its outcome is not known.
     *
     * @param retryIn when to ask again; at least a millisecond
     */
    record Busy(Duration retryIn) implements ClaimResult {
        private static final Duration MIN_WAIT = Duration.ofMillis(1);

        /** A wait that is over already is the shortest one. */
        public Busy {
            retryIn = retryIn.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : retryIn;
        }
    }

    /** The table could not be asked about the token, so nobody knows. */
    record Unavailable() implements ClaimResult {}

    /** How a request went. */
    sealed interface RequestOutcome {}

    /** Every token of the request was accepted. */
    record Accepted() implements RequestOutcome {}

    /**
     * Nothing of the request was applied.
     *
     * @param countsAsFailure whether one of its tokens may be the cause, because other requests were accepted meanwhile
     */
    record NotApplied(boolean countsAsFailure) implements RequestOutcome {}

    /**
     * The request was refused, and these tokens, which went along with others, may be the reason: they go apart from then on, until
     * they are accepted.
     */
    record RefusedWithOthers() implements RequestOutcome {}

    /**
     * The request's only token was refused for what is in it: nothing of this version was applied, neither now nor by an
     * earlier request of which nobody heard.
     *
     * @param isRejected whether its update is rejected for that, and so are others with the same version that were queued
     *     before
     */
    record RefusedAlone(boolean isRejected) implements RequestOutcome {}

    /**
     * Nobody knows; it may be applied until then, and then undo what went meanwhile, unless that is the same.
     *
     * @param countsAsFailure whether one of its tokens may be the cause, because other requests were accepted meanwhile
     */
    record Unknown(Instant until, boolean countsAsFailure) implements RequestOutcome {}
}
