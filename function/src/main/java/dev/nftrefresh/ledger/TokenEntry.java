package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.AcceptedBefore;
import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.Claim;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenLedger.Superseded;
import dev.nftrefresh.update.Version;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one token.
 *
 * @param accepted the newest version known to be accepted
 * @param claimed the version claimed last
 * @param request the request that claimed it
 * @param leaseEnd until when that request may be under way
 * @param inDoubtUntil until when an earlier request with the same version may still be applied; null if none may
 * @param perhaps the newest version of which nobody heard whether it was accepted, among those claimed before
 * @param perhapsUntil until when older versions wait for that one to be heard of; absent together with it
 */
record TokenEntry(
        @Nullable Version accepted,
        Version claimed,
        String request,
        Instant leaseEnd,
        @Nullable Instant inDoubtUntil,
        @Nullable Version perhaps,
        @Nullable Instant perhapsUntil) {
    /**
     * A version that may have been accepted is still in the queue, and comes back to be settled. Until then an older one
     * could undo it. If it does not come back in this time, it is in the dead-letter queue.
     */
    private static final Duration OLDER_WAIT = Duration.ofDays(1);

    /** Ends the name of a request whose tokens come from the waiting room. */
    static final String RIDERS = "/riders";

    static TokenEntry first(Version version, String request, Instant leaseEnd) {
        return new TokenEntry(null, version, request, leaseEnd, null, null, null);
    }

    /** What is known once it is known how the request went that claimed it. */
    TokenEntry ended(Ending ending) {
        return switch (ending) {
            case Ending.Accepted _ -> withAccepted(claimed);
            case Ending.NotApplied() -> this;
            case Ending.Running(), Ending.Dead(), Ending.Unknown _ -> withPerhaps();
        };
    }

    /** The same, where this version was accepted. */
    TokenEntry withAccepted(Version version) {
        boolean newest = accepted == null || version.isNewerThan(accepted);
        return newest ? new TokenEntry(version, claimed, request, leaseEnd, inDoubtUntil, perhaps, perhapsUntil) : this;
    }

    /** Nothing older was granted while one was waited for; so what was claimed last is what is waited for from now on. */
    private TokenEntry withPerhaps() {
        Instant until = leaseEnd.plus(OLDER_WAIT);
        // Who was slow to claim the same version again has the shorter lease.
        Instant longest = perhapsUntil != null && perhapsUntil.isAfter(until) ? perhapsUntil : until;
        return new TokenEntry(accepted, claimed, request, leaseEnd, inDoubtUntil, claimed, longest);
    }

    /** Whether this version needs not go any more; null if it must. */
    @Nullable
    Claim settled(Version version) {
        if (accepted == null || version.isNewerThan(accepted)) {
            return null;
        }
        if (!version.equals(accepted)) {
            return new Superseded();
        }
        return new AcceptedBefore(version.equals(claimed) && request.endsWith(RIDERS));
    }

    /** What a claim of this version is answered. */
    Claim claim(Version version, Ending ending, Instant now) {
        TokenEntry known = ended(ending);
        Claim settled = known.settled(version);
        if (settled != null) {
            return settled;
        }
        // The claimed version may go again as soon as nobody waits for its answer: it cannot undo itself. Another one
        // could be undone by it, also when it went again and was answered: the first request may still be applied.
        Instant held = version.equals(claimed) ? awaitedUntil(ending) : underWayUntil(ending);
        if (now.isBefore(held)) {
            return new Busy(Duration.between(now, held));
        }
        Instant older = known.olderThanPerhapsUntil(version);
        return now.isBefore(older) ? new Busy(Duration.between(now, older)) : new Granted(0);
    }

    private Instant olderThanPerhapsUntil(Version version) {
        return perhaps != null && perhapsUntil != null && perhaps.isNewerThan(version) ? perhapsUntil : Instant.MIN;
    }

    /** After this version was granted to that request. */
    TokenEntry claimedBy(String next, Version version, Instant lease, Ending ending, Instant now) {
        TokenEntry known = ended(ending);
        Instant doubt = underWayUntil(ending);
        boolean open = known.perhaps != null && known.settled(known.perhaps) == null;
        return new TokenEntry(
                known.accepted,
                version,
                next,
                lease,
                doubt.isAfter(now) ? doubt : null,
                open ? known.perhaps : null,
                open ? known.perhapsUntil : null);
    }

    /** Until when its sender waits for the answer. */
    private Instant awaitedUntil(Ending ending) {
        return ending instanceof Ending.Running ? leaseEnd : Instant.MIN;
    }

    /** Until when something that was sent may be applied, for all that is known. */
    private Instant underWayUntil(Ending ending) {
        Instant until = switch (ending) {
            case Ending.Running() -> leaseEnd;
            case Ending.Accepted _, Ending.NotApplied(), Ending.Dead() -> Instant.MIN;
            case Ending.Unknown(Instant then) -> then;
        };
        return inDoubtUntil != null && inDoubtUntil.isAfter(until) ? inDoubtUntil : until;
    }
}
