package dev.nftrefresh.pacing;

import dev.nftrefresh.api.Quota;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes from what an answer told only what makes sense, so that one odd header cannot stop the queue for days. */
final class QuotaSense {
    /** The windows last an hour; a reset later than this is some other time, or a time in another unit. */
    private static final Duration LATEST_RESET = Duration.ofHours(25);

    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    private QuotaSense() {}

    /** What remains, unless the limit contradicts it; a limit of 0 is no limit of an answer that accepted something. */
    static @Nullable Long remaining(Quota quota) {
        Long remaining = quota.remaining();
        Long limit = quota.limit();
        if (remaining == null || remaining < 0) {
            return null;
        }
        return limit == null || (limit > 0 && remaining <= limit) ? remaining : null;
    }

    /** When the window ends, if that is ahead and not absurdly far. */
    static @Nullable Instant reset(Quota quota, Instant now) {
        Instant reset = quota.reset();
        return reset != null && reset.isAfter(now) && !reset.isAfter(now.plus(LATEST_RESET)) ? reset : null;
    }

    /** Whether the answer speaks of a window that has ended meanwhile. */
    static boolean isOfThePast(Quota quota, Instant now) {
        Instant reset = quota.reset();
        return reset != null && !reset.isAfter(now);
    }

    /** The wait asked for, at most a day. */
    static @Nullable Duration retryAfter(Quota quota) {
        Duration wait = quota.retryAfter();
        return wait == null || wait.compareTo(LONGEST_WAIT) <= 0 ? wait : LONGEST_WAIT;
    }
}
