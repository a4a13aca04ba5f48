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
 */
record TokenEntry(
        @Nullable Version accepted,
        Version claimed,
        String request,
        Instant leaseEnd,
        @Nullable Instant inDoubtUntil) {

    /** What is known once it is known how the request went that claimed it. */
    TokenEntry ended(Ending ending) {
        return ending instanceof Ending.Accepted ? withAccepted(claimed) : this;
    }

    /** The same, where this version was accepted. */
    TokenEntry withAccepted(Version version) {
        boolean newest = accepted == null || version.isNewerThan(accepted);
        return newest ? new TokenEntry(version, claimed, request, leaseEnd, inDoubtUntil) : this;
    }

    /** Whether this version needs not go any more; null if it must. */
    @Nullable
    Claim settled(Version version) {
        if (accepted == null || version.isNewerThan(accepted)) {
            return null;
        }
        return version.equals(accepted) ? new AcceptedBefore() : new Superseded();
    }

    /** What a claim of this version is answered. */
    Claim claim(Version version, Ending ending, Instant now) {
        Claim settled = ended(ending).settled(version);
        if (settled != null) {
            return settled;
        }
        // The claimed version may go again as soon as nobody waits for its answer: it cannot undo itself. Another one
        // could be undone by it, also when it went again and was answered: the first request may still be applied.
        Instant held = version.equals(claimed) ? awaitedUntil(ending) : underWayUntil(ending);
        return now.isBefore(held) ? new Busy(Duration.between(now, held)) : new Granted();
    }

    /** After this version was granted to that request. */
    TokenEntry claimedBy(String next, Version version, Instant lease, Ending ending, Instant now) {
        Instant doubt = underWayUntil(ending);
        return new TokenEntry(ended(ending).accepted, version, next, lease, doubt.isAfter(now) ? doubt : null);
    }

    /** Until when its sender waits for the answer. */
    private Instant awaitedUntil(Ending ending) {
        return ending instanceof Ending.Running ? leaseEnd : Instant.MIN;
    }

    /** Until when something that was sent may be applied, for all that is known. */
    private Instant underWayUntil(Ending ending) {
        Instant until =
                switch (ending) {
                    case Ending.Running() -> leaseEnd;
                    case Ending.Accepted(), Ending.NotApplied() -> Instant.MIN;
                    case Ending.Unknown(Instant then) -> then;
                };
        return inDoubtUntil != null && inDoubtUntil.isAfter(until) ? inDoubtUntil : until;
    }
}
