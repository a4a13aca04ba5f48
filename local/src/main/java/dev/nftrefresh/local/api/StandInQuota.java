package dev.nftrefresh.local.api;

import java.time.Duration;
import java.time.Instant;

/** The project's refresh quota; not for several threads at once. */
public interface StandInQuota {
    /** Spends so much, or nothing if that is not there. */
    SpendResult spend(int cost, Instant now);

    /**
     * What the quota says after that.
     *
     * @param granted whether it was spent
     * @param limit of a whole window
     * @param remaining now
     * @param reset when it is whole again
     * @param retryAfter what the answer calls {@code retry_after}
     */
    record SpendResult(boolean granted, long limit, long remaining, Instant reset, Duration retryAfter) {}

    /** A quota as the options ask for it. */
    static StandInQuota of(StandInSettings settings) {
        if (settings.limit() == null) {
            return new FixedWindowQuota(NO_LIMIT, HOUR);
        }
        return switch (settings.refill()) {
            case WINDOW -> new FixedWindowQuota(settings.limit(), settings.window());
            case STEADY -> new SteadyRefillQuota(settings.limit(), settings.window());
        };
    }

    /** So much an hour is never used up on one machine, and still reads as a quota. */
    long NO_LIMIT = 100_000_000;

    Duration HOUR = Duration.ofHours(1);
}
