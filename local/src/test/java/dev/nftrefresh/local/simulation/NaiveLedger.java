package dev.nftrefresh.local.simulation;

import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whatever comes may go. */
final class NaiveLedger implements TokenLedger {
    @Override
    public List<Claim> claim(
            String request,
            boolean fromWaitingRoom,
            List<TokenUpdate> tokens,
            Instant now,
            Instant leaseEnd,
            Duration atMost) {
        return look(tokens, now, atMost);
    }

    @Override
    public List<Claim> look(List<TokenUpdate> tokens, Instant now, Duration atMost) {
        return tokens.stream().<Claim>map(_ -> new Granted(0, null)).toList();
    }

    @Override
    public boolean ended(String request, RequestEnd end, Instant now, Duration atMost) {
        return true; // nothing is written down
    }
}
