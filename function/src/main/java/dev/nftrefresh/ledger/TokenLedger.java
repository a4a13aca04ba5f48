package dev.nftrefresh.ledger;

import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows the newest update of each token that was claimed or accepted. Thread-safe and, in its shared form, safe for
 * many copies of the function. Only an accepted update supersedes others: a refused or lost one never does.
 */
public interface TokenLedger {
    /**
     * After so many failures in a row, while others were accepted, a token may be the cause, and is sent separately.
     */
    int SUSPICIOUS_FAILURES = 5;

    /**
     * Returns what a claim would return now, without claiming.
     *
     * @param timeout how long the caller can wait; tokens that are not known by then are busy
     * @return one answer for each token, in their order
     */
    List<ClaimResult> preview(List<TokenUpdate> tokens, Instant now, Duration timeout);

    /**
     * Claims tokens for a request that is about to be sent. Where some are denied, it may claim more before it is sent.
     *
     * @param request a name that no other request has
     * @param fromWaitingUpdates whether these are waiting updates, whose messages are still in the queue
     * @param tokens of the request, each token once
     * @param now the time
     * @param leaseEnd until when this request may be in flight; after it the claiming copy is assumed to have crashed
     * @param timeout how long the caller can wait; tokens that were not claimed by then are busy
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
     * Records the outcome of a request that holds claims, and ends its leases. An acceptance recorded after the lease
     * counts.
     *
     * @param timeout how long the caller can wait
     * @return whether this is durably recorded for every token of the request. If it is not, the caller must not report
     *     accepted messages as done: they return, and their updates are sent again
     */
    boolean recordOutcome(String request, RequestOutcome end, Instant now, Duration timeout);

    /** The result of claiming one token. */
    sealed interface ClaimResult {}

    /**
     * The token may be sent with the request.
     *
     * @param failures how many requests in a row failed with this token while others were accepted
     * @param rejectedAt when this same version was refused alone and rejected; null if it was not
     */
    record Granted(int failures, @Nullable Instant rejectedAt) implements ClaimResult {}

    /** A newer update of the token was accepted: nothing is left to do. */
    record Superseded() implements ClaimResult {}

    /**
     * This same update was accepted before: nothing is left to do.
     *
     * @param fromWaitingUpdates whether another request included it while its own message waited in the queue
     */
    record AlreadyAccepted(boolean fromWaitingUpdates) implements ClaimResult {}

    /**
     * Another update of the token is in flight, or its outcome is not known.
     *
     * @param retryIn when to ask again; at least a millisecond
     */
    record Busy(Duration retryIn) implements ClaimResult {
        private static final Duration MIN_WAIT = Duration.ofMillis(1);

        /** Replaces a wait that is over by the shortest one. */
        public Busy {
            retryIn = retryIn.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : retryIn;
        }
    }

    /** The table could not be read, so the token's state is unknown. */
    record Unavailable() implements ClaimResult {}

    /** The outcome of a request. */
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
     * The request was refused, and these tokens, which it included with others, may be the cause: they are sent
     * separately until they are accepted.
     */
    record RefusedWithOthers() implements RequestOutcome {}

    /**
     * The request's only token was refused for its content: this version was not applied, neither now nor by an earlier
     * request without an answer.
     *
     * @param isRejected whether its update is rejected for that, as are others of the same version that were queued
     *     before
     */
    record RefusedAlone(boolean isRejected) implements RequestOutcome {}

    /**
     * The outcome is unknown: the request may be applied until then, and then overwrite other updates sent meanwhile.
     *
     * @param countsAsFailure whether one of its tokens may be the cause, because other requests were accepted meanwhile
     */
    record Unknown(Instant until, boolean countsAsFailure) implements RequestOutcome {}
}
