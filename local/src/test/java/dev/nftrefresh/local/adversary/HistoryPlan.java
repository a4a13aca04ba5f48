package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;

/** All that is decided before a history begins. */
record HistoryPlan(ProducerPlan producer, FaultPlan faults, HistoryBounds bounds) {
    /** Of three histories, two are left to chance altogether. */
    private static final int[] THEMED = {2, 1};

    static HistoryPlan drawn(ChoiceSequence choices) {
        if (choices.weighted(THEMED) == 1) {
            return choices.note("theme", choices.oneOf(FaultTheme.values())).drawn(choices);
        }
        ProducerPlan producer = choices.note("producer", ProducerPlan.drawn(choices));
        return new HistoryPlan(
                producer, choices.note("faults", FaultPlan.drawn(choices, producer.collections())), HistoryBounds.NONE);
    }

    /** When nothing new goes wrong any more. */
    Duration wellAt() {
        return faults.wellAt(producer.lastSent());
    }
}
