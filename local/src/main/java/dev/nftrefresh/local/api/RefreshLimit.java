package dev.nftrefresh.local.api;

import java.time.Duration;
import java.time.Instant;

/** The project's refresh quota; not for several threads at once. */
public interface RefreshLimit {
    /** Spends so much, or nothing if that is not there. */
    Spent spend(int cost, Instant now);

    /**
     * What the quota says after that.
     *
     * @param granted whether it was spent
     * @param limit of a whole window
     * @param remaining now
     * @param reset when it is whole again
     * @param retryAfter what the answer calls {@code retry_after}
     */
    record Spent(boolean granted, long limit, long remaining, Instant reset, Duration retryAfter) {}

    /** A quota as the options ask for it. */
    static RefreshLimit of(StandInSettings settings) {
        if (settings.limit() == null) {
            return new WindowLimit(NO_LIMIT, HOUR);
        }
        return switch (settings.refill()) {
            case WINDOW -> new WindowLimit(settings.limit(), settings.window());
            case STEADY -> new SteadyLimit(settings.limit(), settings.window());
        };
    }

    /** So much an hour is never used up on one machine, and still reads as a quota. */
    long NO_LIMIT = 100_000_000;

    Duration HOUR = Duration.ofHours(1);
}
