package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.Accepted;
import dev.nftrefresh.ledger.TokenLedger.NotApplied;
import dev.nftrefresh.ledger.TokenLedger.RequestEnd;
import dev.nftrefresh.ledger.TokenLedger.Unknown;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How a request that holds claims is doing; all tokens of the request share it. */
final class RequestState {
    private static final Duration LATE_ANSWER = Duration.ofMinutes(15);

    /** Not the updates themselves: their bytes would keep whole messages in memory. */
    private final Map<TokenKey, Version> granted = new HashMap<>();

    private Instant underWayUntil = Instant.MIN;
    private boolean awaited = true;

    void lease(Instant until) {
        if (until.isAfter(underWayUntil)) {
            underWayUntil = until;
        }
    }

    void grant(TokenKey token, Version version) {
        granted.put(token, version);
    }

    /** Ends it, and tells what was accepted with it. */
    Map<TokenKey, Version> end(RequestEnd end) {
        awaited = false;
        underWayUntil = switch (end) {
            case Accepted(), NotApplied() -> Instant.MIN;
            case Unknown(Instant until) -> until;
        };
        var accepted = end instanceof Accepted ? Map.copyOf(granted) : Map.<TokenKey, Version>of();
        granted.clear();
        return accepted;
    }

    /** Until when it may be applied, for all that is known. */
    Instant underWayUntil() {
        return underWayUntil;
    }

    /** Until when its sender waits for the answer. */
    Instant awaitedUntil() {
        return awaited ? underWayUntil : Instant.MIN;
    }

    /** Whether its sender will not even be late with an answer: a sandbox may freeze between sending and telling. */
    boolean isLongDead(Instant now) {
        return now.isAfter(underWayUntil.plus(LATE_ANSWER));
    }
}
