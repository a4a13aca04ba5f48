package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.Accepted;
import dev.nftrefresh.ledger.TokenLedger.NotApplied;
import dev.nftrefresh.ledger.TokenLedger.RequestEnd;
import dev.nftrefresh.ledger.TokenLedger.Unknown;
import java.time.Duration;
import java.time.Instant;

/** How a request that holds claims is doing; all tokens of the request share it. */
final class RequestState {
    private static final Duration LATE_ANSWER = Duration.ofMinutes(15);

    private Instant underWayUntil;
    private boolean accepted;
    private boolean answered;

    RequestState(Instant leaseEnd) {
        underWayUntil = leaseEnd;
    }

    void end(RequestEnd end) {
        answered = true;
        switch (end) {
            case Accepted() -> {
                accepted = true;
                underWayUntil = Instant.MIN;
            }
            case NotApplied() -> underWayUntil = Instant.MIN;
            case Unknown(Instant until) -> underWayUntil = until;
        }
    }

    /** Whether it runs, or nobody knows yet what became of it. */
    boolean isUnderWay(Instant now) {
        return now.isBefore(underWayUntil);
    }

    /** Whether its sender will not even be late with an answer: a sandbox may freeze between sending and telling. */
    boolean isLongDead(Instant now) {
        return now.isAfter(underWayUntil.plus(LATE_ANSWER));
    }

    /** How long it may still be under way. */
    Duration rest(Instant now) {
        return Duration.between(now, underWayUntil);
    }

    /** Whether its sender still waits for the answer. */
    boolean isAwaited() {
        return !answered;
    }

    boolean isAccepted() {
        return accepted;
    }
}
