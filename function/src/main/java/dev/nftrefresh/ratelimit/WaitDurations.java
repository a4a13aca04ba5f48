package dev.nftrefresh.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time until something: every wait of the gate comes from here, so none is negative. */
final class WaitDurations {
    private static final long NANOS_BELOW_A_MILLISECOND = 999_999;

    private WaitDurations() {}

    /** Zero if it is over. */
    static Duration until(Instant then, Instant now) {
        return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
    }

    /** In whole milliseconds, rounded up: who comes back after that does not come too early. */
    static Duration inMillis(Instant then, Instant now) {
        return until(then, now).plusNanos(NANOS_BELOW_A_MILLISECOND).truncatedTo(ChronoUnit.MILLIS);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
