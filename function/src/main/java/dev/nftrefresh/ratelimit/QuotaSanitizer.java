package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.ReportedQuota;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes from what an answer told only what makes sense, so that one odd header cannot stop the queue for days. */
final class QuotaSanitizer {
    /** A reset later than this is some other time, or a time in another unit. */
    private static final Duration LATEST_RESET = Duration.ofHours(25);

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    /** A number beyond this is no quota. */
    private static final long LARGEST = 1_000_000_000;

    private QuotaSanitizer() {}

    /** How much a window has in all; a limit of 0 is none. */
    static @Nullable Long limit(ReportedQuota quota) {
        Long limit = quota.limit();
        return limit != null && limit > 0 && limit <= LARGEST ? limit : null;
    }

    /** What remains, unless the limit contradicts it; a limit of 0 is no limit of an answer that accepted something. */
    static @Nullable Long remaining(ReportedQuota quota) {
        Long remaining = quota.remaining();
        Long limit = quota.limit();
        if (remaining == null || remaining < 0 || remaining > LARGEST) {
            return null;
        }
        return limit == null || (limit > 0 && remaining <= limit) ? remaining : null;
    }

    /** When the window ends, if that is ahead and not further than a window is long. */
    static @Nullable Instant reset(ReportedQuota quota, Instant now) {
        Duration left = untilReset(quota, now);
        return left != null && LongWaitBackoff.areCredible(left) ? quota.reset() : null;
    }

    /** The time until the reset, be it hours, if that is ahead and not absurdly far. */
    static @Nullable Duration untilReset(ReportedQuota quota, Instant now) {
        Instant reset = quota.reset();
        return reset != null && reset.isAfter(now) && !reset.isAfter(now.plus(LATEST_RESET))
                ? WaitDurations.until(reset, now)
                : null;
    }

    /** Whether the answer speaks of a window that has ended meanwhile. */
    static boolean isOfThePast(ReportedQuota quota, Instant now) {
        Instant reset = quota.reset();
        return reset != null && !reset.isAfter(now);
    }

    /** The wait asked for, at most a day: what is longer than a window is not believed anyway. */
    static @Nullable Duration retryAfter(ReportedQuota quota) {
        Duration wait = quota.retryAfter();
        if (wait == null || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(LONGEST_WAIT) <= 0 ? wait : LONGEST_WAIT;
    }
}
