package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;

/** A time within a history, counted from its beginning. */
record HistoryPeriod(Duration from, Duration lasts) {
    private static final long[] SECONDS = {0, 10, 60, 600, 3_600, 6 * 3_600, 86_400, 5 * 86_400, 60 * 86_400};
    private static final int[] WEIGHTS = {8, 8, 8, 8, 8, 8, 2, 1, 1};

    /** An instant, minutes, hours or days. */
    static HistoryPeriod drawn(ChoiceSequence choices, Duration longest) {
        Duration from = choices.flip() ? Duration.ZERO : duration(choices, Duration.ofHours(6));
        return new HistoryPeriod(from, duration(choices, longest));
    }

    /** From nothing to this long: seconds, minutes and hours as often as each other, and days seldom. */
    static Duration duration(ChoiceSequence choices, Duration longest) {
        int magnitude = choices.weighted(WEIGHTS);
        long seconds = magnitude == 0 ? 0 : choices.between(SECONDS[magnitude - 1], SECONDS[magnitude]);
        return Duration.ofSeconds(Math.min(seconds, longest.toSeconds()));
    }

    boolean contains(Duration at) {
        return at.compareTo(from) >= 0 && at.compareTo(end()) < 0;
    }

    Duration end() {
        return from.plus(lasts);
    }

    @Override
    public String toString() {
        return from + " to " + end();
    }
}
