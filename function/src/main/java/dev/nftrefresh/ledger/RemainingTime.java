package dev.nftrefresh.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The rest of the time that a caller can wait. */
final class RemainingTime {
    private final InstantSource clock;
    private final Instant end;

    RemainingTime(InstantSource clock, Duration timeout) {
        this.clock = clock;
        end = clock.instant().plus(timeout);
    }

    /** Never negative. */
    Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    boolean isOver() {
        return left().isZero();
    }
}
