package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What kind of quota it is: how large, and how it comes back. Learned from any answer, of any order. */
final class QuotaProfile {
    /** So many answers have to agree on the limit before anything is planned far ahead by it. */
    private static final int AGREED = 3;
    /** A window that was told with this part of its limit left had just begun. */
    private static final double FRESH = 0.9;

    /** Units of time that differ by no more than this part are the same: resets are told in seconds. */
    private static final int SAME_UNIT = 10;

    private @Nullable Long limit;
    private long agreeing;
    private boolean steady;
    private @Nullable Instant reset;
    /** Of a window: how long it is, as far as its ends were told. */
    private @Nullable Duration window;
    /** Of a steady refill: the time for one unit. */
    private @Nullable Duration unit;
    /** What an earlier answer of the same window told, to compare later ones with. */
    private long spentThen;

    private @Nullable Duration unitThen;
    private @Nullable Instant resetThen;

    QuotaProfile(ItemFields fields) {
        int reported = fields.count("quota.limit");
        limit = reported == 0 ? null : (long) reported;
        agreeing = fields.number("quota.agreeing", 0);
        steady = fields.text("quota.steady") != null;
        reset = fields.instant("quota.reset");
        window = fields.duration("quota.window");
        unit = fields.duration("quota.unit");
        spentThen = fields.number("quota.then.spent", 0);
        unitThen = fields.duration("quota.then.unit");
        resetThen = fields.instant("quota.then.reset");
    }

    void writeTo(ItemFields fields) {
        fields.put("quota.limit", limit);
        fields.put("quota.agreeing", agreeing);
        fields.put("quota.steady", steady ? true : null);
        fields.put("quota.reset", reset);
        fields.put("quota.window", window);
        fields.put("quota.unit", unit);
        fields.put("quota.then.spent", spentThen == 0 ? null : spentThen);
        fields.put("quota.then.unit", unitThen);
        fields.put("quota.then.reset", resetThen);
    }

    /** Learns from an answer, a 202's or a 429's. */
    void learn(ReportedQuota quota, boolean throttled, Instant now) {
        Long reported = QuotaSanitizer.limit(quota);
        if (reported == null) {
            return;
        }
        agreeing = reported.equals(limit) ? Math.min(agreeing + 1, AGREED) : 1;
        limit = reported;
        Long remaining = QuotaSanitizer.remaining(quota);
        Instant end = QuotaSanitizer.reset(quota, now);
        if (remaining == null || end == null) {
            return;
        }
        Duration left = WaitDurations.until(end, now);
        boolean sameWindow = reset != null && !end.isAfter(reset.plusSeconds(1));
        boolean fresh = remaining >= reported * FRESH;
        window = window == null || (!sameWindow && fresh) || left.compareTo(window) > 0 ? left : window;
        reset = end;
        if (remaining < reported) {
            unit = left.dividedBy(reported - remaining);
            compare(reported - remaining, unit, end, now);
        }
        Duration wait = QuotaSanitizer.retryAfter(quota);
        if ((throttled || remaining == 0) && wait != null && wait.isPositive()) {
            // A window makes wait until its end; what refills evenly has something again long before it is full.
            steady = wait.multipliedBy(2).compareTo(left) < 0;
        }
    }

    /**
     * The reset of a window stands still, so the time until then for each unit spent is halved when twice as much is spent.
     * That of a steady refill moves away with each unit, and the time for one stays the same.
     */
    private void compare(long spent, Duration unitNow, Instant end, Instant now) {
        boolean isSameWindow = resetThen != null && resetThen.isAfter(now);
        if (unitThen != null && isSameWindow && spent >= spentThen && spent < 2 * spentThen) {
            return;
        }
        if (unitThen != null && isSameWindow && spent >= 2 * spentThen) {
            steady |= unitNow.minus(unitThen).abs().multipliedBy(SAME_UNIT).compareTo(unitThen) <= 0;
        }
        spentThen = spent;
        unitThen = unitNow;
        resetThen = end;
    }

    /** The time in which one unit comes back on the average, however it does; null if not known. */
    @Nullable
    Duration unitTime() {
        Duration steadily = steadyUnit();
        return steadily != null || window == null || limit == null ? steadily : window.dividedBy(limit);
    }

    boolean isTrusted() {
        return agreeing >= AGREED;
    }

    /** The time in which one unit comes back, if they come evenly; else null. */
    @Nullable
    Duration steadyUnit() {
        return steady && unit != null && unit.isPositive() ? unit : null;
    }

    /** When the window ends that was told of last; under a steady refill, when the quota is full. */
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
