package dev.nftrefresh.ratelimit;

import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.table.ItemFields;
import java.time.Duration;

/**
 * How much of a reported wait is believed. The window is an hour, so a wait of hours is more likely a mistake: one
 * request probes after 15 minutes and, while the answers repeat the wait, again after twice as long each time, up to
 * two hours.
 */
final class LongWaitBackoff {
    /** A window, plus some minutes for inaccurate clocks. */
    static final Duration CREDIBLE = Duration.ofMinutes(65);
    /** The most that is believed of any wait. */
    static final Duration LONGEST = Duration.ofHours(2);

    private static final Duration FIRST = Duration.ofMinutes(15);
    private static final int DOUBLINGS_TO_LONGEST = 3;

    private static final String IN_A_ROW = "long_waits.in_a_row";
    private static final String LAST = "long_waits.last";

    private long inARow;
    /** The newest permit when the last one was reported: what was in flight then reports nothing new. */
    private long lastCountedPermit;

    LongWaitBackoff(ItemFields fields) {
        inARow = fields.number(IN_A_ROW, 0);
        lastCountedPermit = fields.number(LAST, -1);
    }

    void writeTo(ItemFields fields) {
        if (inARow > 0) {
            fields.put(IN_A_ROW, inARow);
            fields.put(LAST, lastCountedPermit);
        }
    }

    static boolean areCredible(Duration wait) {
        return wait.compareTo(CREDIBLE) <= 0;
    }

    /** An answer reported this wait; returns how much of it to wait before one request probes. */
    Duration believed(Permit permit, long lastGranted, Duration reported) {
        boolean isNew = inARow == 0 || permit.number() > lastCountedPermit;
        if (areCredible(reported)) {
            recordShortWait(permit);
            return reported;
        }
        if (isNew) {
            inARow++;
            lastCountedPermit = lastGranted;
        }
        Duration wait = FIRST.multipliedBy(1L << Math.clamp(inARow - 1, 0, DOUBLINGS_TO_LONGEST));
        Duration most = wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
        return reported.compareTo(most) < 0 ? reported : most;
    }

    /** An answer reported no long wait; it counts if its request was granted after the last one that did. */
    void recordShortWait(Permit permit) {
        if (permit.number() > lastCountedPermit) {
            inARow = 0;
        }
    }
}
