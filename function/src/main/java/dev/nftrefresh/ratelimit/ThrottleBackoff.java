package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long the rate limiter closes after a 429, or after a refused key. A 429 that names no wait closes it for 2 s,
 * then 4 s, 8 s … up to 15 minutes, and up to an hour once that has lasted a day, until an answer of Immutable itself:
 * so the 950 receives of a waiting update last for 13 days. A wait that the API asks for is followed; where 429s keep
 * following it, it grows likewise.
 */
final class ThrottleBackoff {
    /** The wait where the answer names none. */
    static final Duration SHORTEST = Duration.ofSeconds(2);

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration LONGEST_AFTER_A_DAY = Duration.ofHours(1);
    private static final Duration A_DAY = Duration.ofDays(1);
    /** 2 s doubled eleven times is past an hour. */
    private static final int DOUBLINGS_TO_LONGEST = 11;
    /**
     * So many times in a row a requested wait may have been too short by chance: copies collide, and others spend too.
     */
    private static final int MAX_TRUSTED_WAITS = 5;

    private @Nullable Instant closedUntil;
    private boolean exhausted;
    private boolean emptied;
    private final LongWaitBackoff longWaits;
    private long inARow;
    private long requestedInARow;
    private @Nullable Instant since;
    private long lastCountedPermit;

    ThrottleBackoff(LongWaitBackoff longWaits, ItemFields fields) {
        this.longWaits = longWaits;
        closedUntil = fields.instant("closed_until");
        exhausted = fields.text("closed_by_quota") != null;
        emptied = fields.text("closed_at_zero") != null;
        inARow = fields.number("throttled.in_a_row", 0);
        requestedInARow = fields.number("throttled.asked_in_a_row", 0);
        since = fields.instant("throttled.since");
        lastCountedPermit = fields.number("throttled.last", -1);
    }

    void writeTo(ItemFields fields) {
        fields.put("closed_until", closedUntil);
        fields.put("closed_by_quota", exhausted ? true : null);
        fields.put("closed_at_zero", emptied ? true : null);
        fields.put("throttled.in_a_row", inARow);
        fields.put("throttled.asked_in_a_row", requestedInARow == 0 ? null : requestedInARow);
        fields.put("throttled.since", since);
        fields.put("throttled.last", lastCountedPermit);
    }

    /**
     * A request was throttled.
     *
     * @param lastGranted the newest permit's number: if requests in flight now are throttled too, that is nothing new
     * @return whether it is the first since a request got through and names no wait: then the pace may be the reason
     */
    boolean throttled(Permit permit, long lastGranted, ReportedQuota quota, Instant now) {
        Duration asked = asked(quota, now);
        if (since == null) {
            since = now;
        }
        boolean isNews = permit.number() > lastCountedPermit;
        if (isNews) {
            inARow += asked == null ? 1 : 0;
            requestedInARow += asked == null ? 0 : 1;
            lastCountedPermit = lastGranted;
        }
        Instant until = now.plus(asked == null ? doubled(inARow, now) : kept(permit, lastGranted, asked, now));
        if (closedUntil == null || until.isAfter(closedUntil)) {
            closedUntil = until;
            Long remaining = QuotaSanitizer.remaining(quota);
            exhausted = asked != null && remaining != null;
            emptied = remaining != null && remaining == 0 && asksToWait(quota);
        }
        return isNews && asked == null && inARow == 1;
    }

    /** A request got through to Immutable; one sent before the last closing says nothing about the time after it. */
    void gotThrough(Permit permit) {
        if (permit.number() > lastCountedPermit) {
            inARow = 0;
            requestedInARow = 0;
            since = null;
        }
    }

    /** A request was accepted, and something remained: the quota is no longer the empty one of the last 429. */
    void accepted(Permit permit, ReportedQuota quota) {
        gotThrough(permit);
        Long remaining = QuotaSanitizer.remaining(quota);
        if (permit.number() > lastCountedPermit && remaining != null && remaining > 0) {
            emptied = false;
        }
    }

    /** How many requests were throttled since one got through; those that were in flight together count once. */
    long inARow() {
        return inARow + requestedInARow;
    }

    /** How long that has lasted. */
    Duration lasting(Instant now) {
        return since == null ? Duration.ZERO : WaitDurations.until(now, since);
    }

    /** When the closing ends; null while there is none. */
    @Nullable
    Instant closedUntil() {
        return closedUntil;
    }

    /**
     * Whether the quota caused the closing, and not a limiter in front of the API that counts seconds and reports no
     * quota.
     */
    boolean isExhausted() {
        return exhausted;
    }

    /**
     * Whether nothing remained at the last closing, nor did any acceptance since report that something does, and its
     * wait was until something did: a reset is when all of it is there.
     */
    boolean isEmptied() {
        return emptied;
    }

    /** The closing is over. */
    void opened() {
        closedUntil = null;
        exhausted = false;
    }

    /** All of the quota is there since the last closing. */
    void refilled() {
        emptied = false;
    }

    private static @Nullable Duration asked(ReportedQuota quota, Instant now) {
        if (asksToWait(quota)) {
            return QuotaSanitizer.retryAfter(quota);
        }
        Duration untilReset = QuotaSanitizer.untilReset(quota, now);
        Long remaining = QuotaSanitizer.remaining(quota);
        // While the window has requests left, another limiter refused, and the window's end is not its wait.
        return remaining == null || remaining == 0 ? untilReset : null;
    }

    /** A wait of zero on a 429 is no advice: following it would cause the next 429 at once. */
    private static boolean asksToWait(ReportedQuota quota) {
        Duration wait = QuotaSanitizer.retryAfter(quota);
        return wait != null && wait.isPositive();
    }

    private Duration kept(Permit permit, long lastGranted, Duration asked, Instant now) {
        Duration believed = longWaits.believed(permit, lastGranted, asked);
        if (requestedInARow <= MAX_TRUSTED_WAITS) {
            return believed;
        }
        Duration grown = doubled(requestedInARow - MAX_TRUSTED_WAITS, now);
        return believed.compareTo(grown) > 0 ? believed : grown;
    }

    private Duration doubled(long times, Instant now) {
        boolean aDay = since != null && Duration.between(since, now).compareTo(A_DAY) >= 0;
        Duration longest = aDay ? LONGEST_AFTER_A_DAY : LONGEST;
        Duration wait = SHORTEST.multipliedBy(1L << Math.clamp(times - 1, 0, DOUBLINGS_TO_LONGEST));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
