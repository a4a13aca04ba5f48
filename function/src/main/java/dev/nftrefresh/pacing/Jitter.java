package dev.nftrefresh.pacing;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Spreads those who were asked to wait equally long, so that they do not come back at once; never shorter than asked. */
public final class Jitter {
    private static final long MOST_MILLIS = 5_000;
    private static final int TENTH = 10;

    private final RandomGenerator random;

    /** Draws from this source, which has to be safe for use by the threads that ask. */
    public Jitter(RandomGenerator random) {
        this.random = random;
    }

    /**
     * A wait with up to a tenth of it added, and at most 5 s.
     *
     * @param asked a negative one counts as zero
     * @return whole milliseconds
     */
    public Duration lengthen(Duration asked) {
        // Rounded up, because a return that comes a fraction too early is refused once more.
        long millis = asked.isPositive() ? asked.plusNanos(999_999).toMillis() : 0;
        long most = Math.min(millis / TENTH, MOST_MILLIS);
        return Duration.ofMillis(millis + random.nextLong(most + 1));
    }
}
