package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What goes wrong in a history, and how much of it; most of it in none.
 *
 * @param seed of what is left to chance while it runs
 */
record FaultPlan(long seed, ApiPlan api, List<TableTrouble> table, CopyPlan copies, QueuePlan queues) {
    static FaultPlan drawn(ChoiceSequence choices, int collections) {
        var drawn = new FaultPlan(
                choices.between(0L, Integer.MAX_VALUE),
                ApiPlan.drawn(choices, collections),
                choices.weighted(2, 1) == 0 ? List.of() : choices.listOf(0, 3, TableTrouble::drawn),
                CopyPlan.drawn(choices),
                QueuePlan.drawn(choices));
        return drawn.with(drawn.copies.withDeferredLookup(choices));
    }

    private FaultPlan with(CopyPlan otherCopies) {
        return new FaultPlan(seed, api, table, otherCopies, queues);
    }

    /** When the last fault of the plan is over. */
    Duration wellAt(Duration lastSent) {
        var ends = new ArrayList<Duration>();
        ends.add(lastSent);
        api.troubles().forEach(problem -> ends.add(problem.period().end()));
        table.forEach(problem -> ends.add(problem.period().end()));
        queues.pauses().forEach(pause -> ends.add(pause.end()));
        if (api.rotation() != null) {
            ends.add(api.rotation().end());
        }
        if (queues.redriven() != null) {
            ends.add(queues.redriven());
        }
        return ends.stream().max(Comparator.naturalOrder()).orElseThrow();
    }
}
