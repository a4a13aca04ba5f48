package dev.nftrefresh.pacing;

import dev.nftrefresh.api.RefreshOutcome;
import java.time.Duration;
import java.time.Instant;

/**
 * Says when the next request may go, from what the answers so far said of the quota; safe for use by many threads. It
 * computes and never sleeps.
 */
public interface RefreshGate {
    /** Asks for one request to go now. */
    Answer ask(Instant now);

    /** Tells what came of a request that was granted; every permit is given back exactly once. */
    void answered(Permit permit, RefreshOutcome outcome, Instant now);

    /** Gives back a permit for which nothing was sent, because another request had its tokens. */
    void unused(Permit permit);

    /** What the gate says. */
    sealed interface Answer {}

    /** The request may go. */
    record Granted(Permit permit) implements Answer {}

    /**
     * Not now.
     *
     * @param retryIn ask again after this long; always positive
     * @param why whether the quota is used up, or only this moment is wrong
     */
    record NotBefore(Duration retryIn, Why why) implements Answer {}

    /** Why a request may not go now. */
    enum Why {
        /** The API said that nothing remains or asked for a wait: no request may go until the wait is over. */
        CLOSED,
        /** The requests a second are used up, or an answer that will tell more is still awaited. */
        PACED
    }

    /** The right to send one request. */
    record Permit(long number, Instant grantedAt) {}
}
