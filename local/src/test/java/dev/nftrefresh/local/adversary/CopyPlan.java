package dev.nftrefresh.local.adversary;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;

/**
 * What the copies of the function are like.
 *
 * @param atOnce how many run at once, of each queue
 * @param percentKilledAtSomeTime invocations that end in the middle
 * @param percentKilledAtSomeCall invocations that end with a call out, before or after it
 * @param percentRecycled invocations after which the copy is replaced
 * @param percentFrozen invocations after which the copy is not called for hours
 * @param clockOff their clocks are fast or slow by up to this
 * @param deferredLookupThreshold from how many tokens on an event is looked up only once its requests are granted
 */
record CopyPlan(
        int atOnce,
        int percentKilledAtSomeTime,
        int percentKilledAtSomeCall,
        int percentRecycled,
        int percentFrozen,
        Duration clockOff,
        int deferredLookupThreshold) {
    /** What every lease and interval includes; clocks that are further off are wild. */
    static final Duration TOLERATED = Duration.ofSeconds(1);

    private static final int SMALL_EVENT = 2;

    /** Nothing happens to them. */
    static CopyPlan steady(int atOnce) {
        return new CopyPlan(atOnce, 0, 0, 0, 0, Duration.ZERO, RefreshRequestLimits.TOKENS);
    }

    static CopyPlan drawn(ChoiceSequence choices) {
        return new CopyPlan(
                choices.between(1, 4),
                choices.weighted(3, 1) == 0 ? 0 : choices.between(1, 20),
                choices.weighted(3, 1) == 0 ? 0 : choices.between(1, 30),
                choices.weighted(2, 1) == 0 ? 0 : choices.between(1, 100),
                choices.weighted(5, 1) == 0 ? 0 : choices.between(1, 30),
                switch (choices.weighted(6, 3, 1)) {
                    case 0 -> Duration.ZERO;
                    case 1 -> TOLERATED;
                    default -> Duration.ofMinutes(2);
                },
                RefreshRequestLimits.TOKENS);
    }

    /** Its small events are sometimes treated as on Lambda only those are that fill a request. */
    CopyPlan withDeferredLookup(ChoiceSequence choices) {
        return choices.weighted(1, 1) == 0
                ? this
                : new CopyPlan(
                        atOnce,
                        percentKilledAtSomeTime,
                        percentKilledAtSomeCall,
                        percentRecycled,
                        percentFrozen,
                        clockOff,
                        SMALL_EVENT);
    }

    boolean hasWildClocks() {
        return clockOff.compareTo(TOLERATED) > 0;
    }
}
