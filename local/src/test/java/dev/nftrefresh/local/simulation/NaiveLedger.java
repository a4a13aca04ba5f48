package dev.nftrefresh.local.simulation;

import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whatever comes may go. */
final class NaiveLedger implements TokenLedger {
    @Override
    public List<ClaimResult> claim(
            String request,
            boolean fromWaitingUpdates,
            List<TokenUpdate> tokens,
            Instant now,
            Instant leaseEnd,
            Duration timeout) {
        return preview(tokens, now, timeout);
    }

    @Override
    public List<ClaimResult> preview(List<TokenUpdate> tokens, Instant now, Duration timeout) {
        return tokens.stream().<ClaimResult>map(_ -> new Granted(0, null)).toList();
    }

    @Override
    public boolean recordOutcome(String request, RequestOutcome end, Instant now, Duration timeout) {
        return true; // nothing is written down
    }
}
