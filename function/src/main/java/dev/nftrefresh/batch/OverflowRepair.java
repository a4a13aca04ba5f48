package dev.nftrefresh.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Repairs overloaded bins by swaps with bins that have capacity. */
final class OverflowRepair {
    /** Steps after which a try ends, some 10 ms; an event's 6 MB never needed as many in tests. */
    private static final long MAX_STEPS = 2_000_000;

    private final List<PackingBin> bins;
    private final StepCounter steps;
    private final long end;

    private OverflowRepair(List<PackingBin> bins, StepCounter steps) {
        this.bins = bins;
        this.steps = steps;
        end = steps.steps() + MAX_STEPS;
    }

    /** Whether every bin could be brought down to what a request holds. */
    static boolean of(List<PackingBin> bins, StepCounter steps) {
        var relief = new OverflowRepair(bins, steps);
        return bins.stream().allMatch(relief::repair);
    }

    private boolean repair(PackingBin overloaded) {
        while (overloaded.remainingWeight() < 0) {
            ItemSwap exchange = bestFor(overloaded);
            if (exchange == null || steps.steps() > end) {
                return false;
            }
            exchange.apply();
        }
        return true;
    }

    private @Nullable ItemSwap bestFor(PackingBin overloaded) {
        ItemSwap best = null;
        for (PackingBin bin : bins) {
            if (bin.remainingWeight() > 0) {
                ItemSwap exchange = ItemSwap.best(overloaded, bin, steps);
                if (exchange != null && exchange.isBetterThan(best)) {
                    best = exchange;
                }
                if (best != null && best.isEnough()) {
                    return best;
                }
            }
        }
        return best;
    }
}
