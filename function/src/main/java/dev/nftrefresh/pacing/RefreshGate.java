package dev.nftrefresh.pacing;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Says when the next request may go, from what the answers so far said of the quota; safe for use by many threads. It
 * computes and never sleeps.
 */
public interface RefreshGate {
    /** Asks for one request to go now. */
    Answer ask(Request request, Instant now);

    /** Tells what came of a request that was granted; every permit is given back exactly once. */
    void answered(Permit permit, RefreshOutcome outcome, Instant now);

    /** Gives back a permit for which nothing was sent, because another request had its tokens. */
    void unused(Permit permit);

    /**
     * Gives requests that cannot go now their places in line.
     *
     * @return for each, in their order, how long its messages stay away; never negative
     */
    List<Duration> appointments(List<Request> requests, Instant now);

    /**
     * What is to be sent.
     *
     * @param collection of the tokens
     * @param tokens from 1 to 250
     * @param isFull whether no other token could ride along: a partly filled request may be held back for others
     * @param lane whose updates they are
     */
    record Request(CollectionId collection, int tokens, boolean isFull, Lane lane) {}

    /** What the gate says. */
    sealed interface Answer {}

    /**
     * The request may go.
     *
     * @param tokens how many of its tokens may ride: fewer than asked for where the quota counts tokens
     */
    record Granted(Permit permit, int tokens) implements Answer {}

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
        PACED,
        /** Only a full request may go: what is left of the quota is spent evenly. */
        SPARED
    }

    /** The right to send one request of so many tokens. */
    record Permit(long number, Instant grantedAt, int tokens) {}
}
