package dev.nftrefresh.pacing;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures that name no wait: anything from 1 s to a bound that begins at 2 s and doubles with each
 * attempt up to 900 s, SQS's longest delay. Drawn from the whole range, so that what failed together does not come back
 * together.
 */
public final class Backoff {
    private static final long SHORTEST_MILLIS = 1_000;
    private static final long FIRST_MILLIS = 2_000;
    private static final long LONGEST_MILLIS = 900_000;
    /** 2 s doubled nine times is past 900 s. */
    private static final int DOUBLINGS_TO_LONGEST = 9;

    private final RandomGenerator random;

    /** Draws from this source, which has to be safe for use by the threads that ask. */
    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The wait before the next attempt.
     *
     * @param attempts so far; less than 1 counts as 1
     * @return whole milliseconds, from 1 s to 900 s
     */
    public Duration afterAttempts(int attempts) {
        int doublings = Math.clamp(attempts - 1L, 0, DOUBLINGS_TO_LONGEST);
        long bound = Math.min(FIRST_MILLIS << doublings, LONGEST_MILLIS);
        return Duration.ofMillis(random.nextLong(SHORTEST_MILLIS, bound + 1));
    }
}
