package dev.nftrefresh.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Computes the rate limiter's waits, so that none is negative. */
final class WaitDurations {
    private static final long NANOS_BELOW_A_MILLISECOND = 999_999;

    private WaitDurations() {}

    /** The time until then; zero if it is over. */
    static Duration until(Instant then, Instant now) {
        return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
    }

    /** The time until then in whole milliseconds, rounded up, so that nobody returns too early. */
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
