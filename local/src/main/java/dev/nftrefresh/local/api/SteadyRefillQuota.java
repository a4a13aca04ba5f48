package dev.nftrefresh.local.api;

import java.time.Duration;
import java.time.Instant;

/**
 * Fills up evenly, to its limit at most. While something remains, {@code retry_after} is the time until it is full, as a
 * sample of Immutable's suggests (9.61 s after 2 of 677 were spent); when nothing does, the time until it is enough.
 */
final class SteadyRefillQuota implements StandInQuota {
    private final long limit;
    private final Duration unit;
    /** When it is, or was, full; what is missing now is the time from now until then. */
    private Instant fullAt = Instant.MIN;

    SteadyRefillQuota(long limit, Duration window) {
        this.limit = limit;
        this.unit = window.dividedBy(limit);
    }

    @Override
    public SpendResult spend(int cost, Instant now) {
        if (fullAt.isBefore(now)) {
            fullAt = now;
        }
        Duration price = unit.multipliedBy(cost);
        Duration whole = unit.multipliedBy(limit);
        Duration missing = Duration.between(now, fullAt);
        boolean granted = missing.plus(price).compareTo(whole) <= 0;
        if (granted) {
            fullAt = fullAt.plus(price);
            missing = missing.plus(price);
        }
        long remaining = whole.minus(missing).dividedBy(unit);
        Duration retryAfter = granted && remaining > 0
                ? missing
                : missing.plus(granted ? unit : price).minus(whole);
        return new SpendResult(granted, limit, remaining, fullAt, retryAfter);
    }
}
