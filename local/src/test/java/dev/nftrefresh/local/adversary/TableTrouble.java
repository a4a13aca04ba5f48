package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;

/**
 * A time in which the table misbehaves.
 *
 * @param percent of its calls
 */
record TableTrouble(TroubleKind kind, HistoryPeriod period, int percent) {
    /** What calls do. */
    enum TroubleKind {
        /** They fail, and nothing is written. */
        FAILS,
        /** What is written is written, but the answer says that it failed. */
        FAILS_ALTHOUGH_WRITTEN,
        /** Some of the items cannot be read or written. */
        THROTTLED,
        /** They take from 0.1 to 8 seconds. */
        SLOW
    }

    static TableTrouble drawn(ChoiceSequence choices) {
        return new TableTrouble(
                choices.oneOf(TroubleKind.values()),
                HistoryPeriod.drawn(choices, Duration.ofHours(6)),
                choices.oneOf(5, 20, 100));
    }
}
