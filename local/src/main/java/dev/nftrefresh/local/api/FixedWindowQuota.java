package dev.nftrefresh.local.api;

import java.time.Duration;
import java.time.Instant;

/** A window opens with the first request, and until it ends its quota only falls. */
final class FixedWindowQuota implements StandInQuota {
    private final long limit;
    private final Duration window;
    private long remaining;
    private Instant reset = Instant.MIN;

    FixedWindowQuota(long limit, Duration window) {
        this.limit = limit;
        this.window = window;
    }

    @Override
    public SpendResult spend(int cost, Instant now) {
        if (!now.isBefore(reset)) {
            reset = now.plus(window);
            remaining = limit;
        }
        boolean granted = cost <= remaining;
        if (granted) {
            remaining -= cost;
        }
        return new SpendResult(granted, limit, remaining, reset, Duration.between(now, reset));
    }
}
