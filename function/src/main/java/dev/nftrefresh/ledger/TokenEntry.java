package dev.nftrefresh.ledger;

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
 * @param inDoubtUntil until when an earlier request with the same version may still be applied
 */
record TokenEntry(@Nullable Version accepted, Version claimed, RequestState request, Instant inDoubtUntil) {

    static TokenEntry first(Version version, RequestState request) {
        return new TokenEntry(null, version, request, Instant.MIN);
    }

    Claim claim(Version version, Instant now) {
        if (accepted != null && !version.isNewerThan(accepted)) {
            return new Superseded();
        }
        // The claimed version may go again as soon as nobody waits for its answer: it cannot undo itself. Another one
        // could be undone by it, also when it went again and was answered: the first request may still be applied.
        Instant held = version.equals(claimed) ? request.awaitedUntil() : underWayUntil();
        return now.isBefore(held) ? new Busy(Duration.between(now, held)) : new Granted();
    }

    TokenEntry claimedBy(RequestState next, Version version) {
        return new TokenEntry(accepted, version, next, underWayUntil());
    }

    /** The same, where this version was accepted, be it long ago and told late. */
    TokenEntry accepted(Version version) {
        boolean newest = accepted == null || version.isNewerThan(accepted);
        return newest ? new TokenEntry(version, claimed, request, inDoubtUntil) : this;
    }

    private Instant underWayUntil() {
        Instant until = request.underWayUntil();
        return until.isAfter(inDoubtUntil) ? until : inDoubtUntil;
    }

    boolean isUnderWay(Instant now) {
        return now.isBefore(underWayUntil());
    }
}
