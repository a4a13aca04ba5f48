package dev.nftrefresh.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What is left of the time that a caller can wait. */
final class TimeLeft {
    private final InstantSource clock;
    private final Instant end;

    TimeLeft(InstantSource clock, Duration atMost) {
        this.clock = clock;
        end = clock.instant().plus(atMost);
    }

    /** Never negative. */
    Duration now() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    boolean isOver() {
        return now().isZero();
    }
}
