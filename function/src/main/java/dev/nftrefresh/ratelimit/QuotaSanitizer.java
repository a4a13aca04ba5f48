package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.ReportedQuota;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes only plausible values from an answer, so that one wrong header cannot stop the queue for days. */
final class QuotaSanitizer {
    /** A later reset is some other time, or a time in another unit. */
    private static final Duration LATEST_RESET = Duration.ofHours(25);

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    /** A number beyond this is no quota. */
    private static final long LARGEST = 1_000_000_000;

    private QuotaSanitizer() {}

    /** How much a window has in all; a limit of 0 counts as none. */
    static @Nullable Long limit(ReportedQuota quota) {
        Long limit = quota.limit();
        return limit != null && limit > 0 && limit <= LARGEST ? limit : null;
    }

    /** What remains, unless the limit contradicts it, as a limit of 0 does when a request was accepted. */
    static @Nullable Long remaining(ReportedQuota quota) {
        Long remaining = quota.remaining();
        Long limit = quota.limit();
        if (remaining == null || remaining < 0 || remaining > LARGEST) {
            return null;
        }
        return limit == null || (limit > 0 && remaining <= limit) ? remaining : null;
    }

    /** When the window ends, if that is ahead and no further than a window is long. */
    static @Nullable Instant reset(ReportedQuota quota, Instant now) {
        Duration left = untilReset(quota, now);
        return left != null && LongWaitBackoff.areCredible(left) ? quota.reset() : null;
    }

    /** The time until the reset, even hours, if that is ahead and not absurdly far. */
    static @Nullable Duration untilReset(ReportedQuota quota, Instant now) {
        Instant reset = quota.reset();
        return reset != null && reset.isAfter(now) && !reset.isAfter(now.plus(LATEST_RESET))
                ? WaitDurations.until(reset, now)
                : null;
    }

    /** Whether the answer is about a window that has ended meanwhile. */
    static boolean isOfThePast(ReportedQuota quota, Instant now) {
        Instant reset = quota.reset();
        return reset != null && !reset.isAfter(now);
    }

    /** The requested wait, at most a day: beyond a window none is believed anyway. */
    static @Nullable Duration retryAfter(ReportedQuota quota) {
        Duration wait = quota.retryAfter();
        if (wait == null || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(LONGEST_WAIT) <= 0 ? wait : LONGEST_WAIT;
    }
}
