package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.Choices;
import java.time.Duration;

/** All that is decided before a history begins. */
record HistoryPlan(ProducerPlan producer, FaultPlan faults) {
    static HistoryPlan drawn(Choices choices) {
        ProducerPlan producer = choices.note("producer", ProducerPlan.drawn(choices));
        return new HistoryPlan(producer, choices.note("faults", FaultPlan.drawn(choices, producer.collections())));
    }

    /** When nothing new goes wrong any more. */
    Duration wellAt() {
        return faults.wellAt(producer.lastSent());
    }
}
