package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The kind of quota: how large it is, and how it refills. Learned from answers in any order. */
final class QuotaProfile {
    /** So many answers must agree on the limit before anything is planned far ahead with it. */
    private static final int TRUSTED_ANSWERS = 3;
    /** A window that was reported with this part of its limit left has just begun. */
    private static final double NEW_WINDOW_SHARE = 0.9;

    /** Unit times that differ by at most one part in this are equal: resets are reported in whole seconds. */
    private static final int EQUAL_UNIT_DIVISOR = 10;

    private @Nullable Long limit;
    private long agreeing;
    private boolean steady;
    private @Nullable Instant reset;
    /** The length of a window, as far as its ends were reported. */
    private @Nullable Duration window;
    /** The time for one unit, for a steady refill. */
    private @Nullable Duration unit;
    /** What an earlier answer of the same window reported, to compare later ones with. */
    private long earlierSpent;

    private @Nullable Duration earlierUnit;
    private @Nullable Instant earlierReset;

    QuotaProfile(ItemFields fields) {
        int reported = fields.count("quota.limit");
        limit = reported == 0 ? null : (long) reported;
        agreeing = fields.number("quota.agreeing", 0);
        steady = fields.text("quota.steady") != null;
        reset = fields.instant("quota.reset");
        window = fields.duration("quota.window");
        unit = fields.duration("quota.unit");
        earlierSpent = fields.number("quota.then.spent", 0);
        earlierUnit = fields.duration("quota.then.unit");
        earlierReset = fields.instant("quota.then.reset");
    }

    void writeTo(ItemFields fields) {
        fields.put("quota.limit", limit);
        fields.put("quota.agreeing", agreeing);
        fields.put("quota.steady", steady ? true : null);
        fields.put("quota.reset", reset);
        fields.put("quota.window", window);
        fields.put("quota.unit", unit);
        fields.put("quota.then.spent", earlierSpent == 0 ? null : earlierSpent);
        fields.put("quota.then.unit", earlierUnit);
        fields.put("quota.then.reset", earlierReset);
    }

    /** Learns from an answer, a 202's or a 429's. */
    void learn(ReportedQuota quota, boolean throttled, Instant now) {
        Long reported = QuotaSanitizer.limit(quota);
        if (reported == null) {
            return;
        }
        agreeing = reported.equals(limit) ? Math.min(agreeing + 1, TRUSTED_ANSWERS) : 1;
        limit = reported;
        Long remaining = QuotaSanitizer.remaining(quota);
        Instant end = QuotaSanitizer.reset(quota, now);
        if (remaining == null || end == null) {
            return;
        }
        Duration left = WaitDurations.until(end, now);
        boolean sameWindow = reset != null && !end.isAfter(reset.plusSeconds(1));
        boolean fresh = remaining >= reported * NEW_WINDOW_SHARE;
        window = window == null || (!sameWindow && fresh) || left.compareTo(window) > 0 ? left : window;
        reset = end;
        if (remaining < reported) {
            unit = left.dividedBy(reported - remaining);
            compare(reported - remaining, unit, end, now);
        }
        Duration wait = QuotaSanitizer.retryAfter(quota);
        if ((throttled || remaining == 0) && wait != null && wait.isPositive()) {
            // A window closes until its end; a steady refill has something again long before it is full.
            steady = wait.multipliedBy(2).compareTo(left) < 0;
        }
    }

    /**
     * A window's reset is fixed, so the time until it for each unit spent halves when twice as much is spent. The reset
     * of a steady refill moves away with each unit, and the time for one stays the same.
     */
    private void compare(long spent, Duration unitNow, Instant end, Instant now) {
        boolean isSameWindow = earlierReset != null && earlierReset.isAfter(now);
        if (earlierUnit != null && isSameWindow && spent >= earlierSpent && spent < 2 * earlierSpent) {
            return;
        }
        if (earlierUnit != null && isSameWindow && spent >= 2 * earlierSpent) {
            steady |= unitNow.minus(earlierUnit)
                            .abs()
                            .multipliedBy(EQUAL_UNIT_DIVISOR)
                            .compareTo(earlierUnit)
                    <= 0;
        }
        earlierSpent = spent;
        earlierUnit = unitNow;
        earlierReset = end;
    }

    /** The time in which one unit refills on average, however it does; null if not known. */
    @Nullable
    Duration unitTime() {
        Duration steadily = steadyUnit();
        return steadily != null || window == null || limit == null ? steadily : window.dividedBy(limit);
    }

    boolean isTrusted() {
        return agreeing >= TRUSTED_ANSWERS;
    }

    /** The time in which one unit refills, if the refill is steady; else null. */
    @Nullable
    Duration steadyUnit() {
        return steady && unit != null && unit.isPositive() ? unit : null;
    }

    /** When the last reported window ends; under a steady refill, when the quota is full. */
    @Nullable
    Instant reset() {
        return reset;
    }

    @Nullable
    Long limit() {
        return limit;
    }

    @Nullable
    Duration window() {
        return window;
    }
}
