package dev.nftrefresh.ledger;

import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A ledger that does what another one does, but for what a test overrides. */
public interface DelegatingTokenLedger extends TokenLedger {
    /** The other one. */
    TokenLedger ledger();

    @Override
    default List<ClaimResult> preview(List<TokenUpdate> tokens, Instant now, Duration timeout) {
        return ledger().preview(tokens, now, timeout);
    }

    @Override
    default List<ClaimResult> claim(
            String request,
            boolean fromWaitingUpdates,
            List<TokenUpdate> tokens,
            Instant now,
            Instant leaseEnd,
            Duration timeout) {
        return ledger().claim(request, fromWaitingUpdates, tokens, now, leaseEnd, timeout);
    }

    @Override
    default boolean recordOutcome(String request, RequestOutcome end, Instant now, Duration timeout) {
        return ledger().recordOutcome(request, end, now, timeout);
    }
}
