package dev.nftrefresh.ledger;

import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Knows which update of a token is the newest one that was claimed or accepted; safe for use by many threads and, in
 * its shared form, by many copies of the function. Only what was accepted supersedes: a refused or lost update never
 * does.
 */
public interface TokenLedger {
    /**
     * Claims tokens for a request that is about to be sent. It may claim more before it goes, where some were denied.
     *
     * @param request a name that no other request has
     * @param tokens of the request, each token once
     * @param now the time
     * @param leaseEnd until when this request may be under way; after it the claimer is taken for dead
     * @return one claim for each token, in their order
     */
    List<Claim> claim(String request, List<TokenUpdate> tokens, Instant now, Instant leaseEnd);

    /**
     * Says what a claim would say now, and claims nothing.
     *
     * @return one answer for each token, in their order
     */
    List<Claim> look(List<TokenUpdate> tokens, Instant now);

    /** Tells how a request that holds claims went; ends its leases. An acceptance told after the lease still counts. */
    void ended(String request, RequestEnd end);

    /** What came of claiming one token. */
    sealed interface Claim {}

    /** The token may be sent with the request. */
    record Granted() implements Claim {}

    /** A newer update of the token was accepted: nothing is left to do. */
    record Superseded() implements Claim {}

    /**
     * This very update was accepted before: nothing is left to do.
     *
     * @param request in which it was; empty if another one has claimed the token since
     */
    record AcceptedBefore(String request) implements Claim {}

    /** Another update of the token is under way, or its outcome is not known. */
    record Busy(Duration retryIn) implements Claim {}

    /** How a request went. */
    sealed interface RequestEnd {}

    /** Every token of the request was accepted. */
    record Accepted() implements RequestEnd {}

    /** Nothing of the request was applied. */
    record NotApplied() implements RequestEnd {}

    /** Nobody knows; it may be applied until then, and then undo what went meanwhile, unless that is the same. */
    record Unknown(Instant until) implements RequestEnd {}
}
