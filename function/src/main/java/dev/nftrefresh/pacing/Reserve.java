package dev.nftrefresh.pacing;

import dev.nftrefresh.pacing.Allowance.Window;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What bulk leaves to live updates: of a window, a part that becomes smaller as the window passes, so that what live ones
 * did not use goes to bulk before it is lost; under a steady refill, a part of the bucket.
 */
final class Reserve {
    /** So near to its end, what a window has left goes to those who wait for it: hardly any of the reserve is kept then. */
    private static final double LATE = 0.03;

    private static final double PERCENT = 100;

    private final double part;
    private final QuotaProfile profile;

    Reserve(int percent, QuotaProfile profile) {
        part = percent / PERCENT;
        this.profile = profile;
    }

    /** The part of the limit that a window begins with, from 0 to 1. */
    double part() {
        return part;
    }

    /** How many units bulk leaves now. */
    long kept(Window window, Instant now) {
        Long limit = profile.limit();
        if (limit == null) {
            return 0;
        }
        Instant reset = window.reset();
        Duration length = profile.window();
        if (profile.steadyUnit() != null || reset == null || length == null) {
            return Math.round(limit * part);
        }
        double left = (double) Duration.between(now, reset).toMillis() / length.toMillis();
        return Math.round(limit * part * Math.clamp(left, 0, 1));
    }

    /** How long before the end of such a window bulk looks for what live updates left of it. */
    static Duration late(Duration window) {
        return Duration.ofMillis(Math.round(window.toMillis() * LATE));
    }

    /** When that is in this window; null if it is over, or not known. */
    @Nullable
    Instant late(Window window, Instant now) {
        Instant reset = window.reset();
        Duration length = profile.window();
        if (part == 0 || reset == null || length == null) {
            return null;
        }
        Instant late = reset.minus(late(length));
        return late.isAfter(now) ? late : null;
    }
}
