package dev.nftrefresh.ratelimit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures that name no wait. The longest wait begins at 2 s and doubles with each failure up to
 * 15 minutes, SQS's longest delay. For updates that have waited a day already it grows to an hour, so that their 950
 * receives last longer than the 13 days after which they expire. Drawn from the upper half, so that requests that
 * failed together do not return together, and so that even the shortest draws last for these 13 days.
 */
public final class JitteredBackoff {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration LONGEST_AFTER_A_DAY = Duration.ofHours(1);
    private static final Duration A_DAY = Duration.ofDays(1);
    /** 2 s doubled eleven times is past an hour. */
    private static final int DOUBLINGS_TO_LONGEST = 11;

    private final RandomGenerator random;

    /** Draws from this source, which must be safe for the threads that use it. */
    public JitteredBackoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The wait before the next attempt.
     *
     * @param failuresInARow so far; less than 1 counts as 1
     * @param age of the oldest update that waits
     * @return whole milliseconds, from 1 s to 15 minutes, or to an hour where the age is a day or more
     */
    public Duration afterFailures(int failuresInARow, Duration age) {
        int doublings = Math.clamp(failuresInARow - 1L, 0, DOUBLINGS_TO_LONGEST);
        Duration longest = age.compareTo(A_DAY) < 0 ? LONGEST : LONGEST_AFTER_A_DAY;
        long bound = Math.min(FIRST.multipliedBy(1L << doublings).toMillis(), longest.toMillis());
        return Duration.ofMillis(random.nextLong(bound / 2, bound + 1));
    }
}
