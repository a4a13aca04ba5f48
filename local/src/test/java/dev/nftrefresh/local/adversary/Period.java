package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.Choices;
import java.time.Duration;

/** A time within a history, counted from its beginning. */
record Period(Duration from, Duration lasts) {
    /** An instant, minutes, hours or days. */
    static Period drawn(Choices choices, Duration longest) {
        return new Period(duration(choices, Duration.ofHours(6)), duration(choices, longest));
    }

    /** From nothing to this long, each magnitude as often as any other. */
    static Duration duration(Choices choices, Duration longest) {
        long[] bounds = {0, 10, 60, 600, 3_600, 6 * 3_600, 86_400, 5 * 86_400, 60 * 86_400};
        int most = 0;
        while (most < bounds.length - 1 && bounds[most] < longest.toSeconds()) {
            most++;
        }
        int magnitude = choices.below(most + 1);
        if (magnitude == 0) {
            return Duration.ZERO;
        }
        long seconds = choices.between(bounds[magnitude - 1], Math.min(bounds[magnitude], longest.toSeconds()));
        return Duration.ofSeconds(seconds);
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
