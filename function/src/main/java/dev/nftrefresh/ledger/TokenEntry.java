package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.Claim;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenLedger.Superseded;
import dev.nftrefresh.update.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one token.
 *
 * @param claimed the version claimed last
 * @param request the request that claimed it
 * @param acceptedBefore the newest version known to be accepted before that claim
 */
record TokenEntry(
        Version claimed, RequestState request, @Nullable Version acceptedBefore) {

    Claim claim(Version version, Instant now) {
        Version accepted = accepted();
        if (accepted != null && !version.isNewerThan(accepted)) {
            return new Superseded();
        }
        // After an unknown end the same version may go again at once: it cannot undo itself.
        boolean again = version.equals(claimed) && !request.isAwaited();
        if (request.isUnderWay(now) && !again) {
            return new Busy(request.rest(now));
        }
        // The request was refused, not applied, or its sender died: neither newer nor older ones are held up by it.
        return new Granted();
    }

    /** The newest version known to be accepted. */
    @Nullable
    Version accepted() {
        return request.isAccepted() ? claimed : acceptedBefore;
    }

    boolean isUnderWay(Instant now) {
        return request.isUnderWay(now);
    }
}
