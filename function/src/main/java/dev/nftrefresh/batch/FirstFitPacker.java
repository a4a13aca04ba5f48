package dev.nftrefresh.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * First fit: puts each item, oldest first, into the first bin that can take it, and opens a new bin where none can. So
 * the order by age is kept, and every bin but the last is about full.
 */
final class FirstFitPacker {
    private FirstFitPacker() {}

    static List<PackingBin> pack(ItemSizes sizes, StepCounter steps) {
        var bins = new ArrayList<PackingBin>();
        var capacities = new CapacityTree(sizes.count(), steps);
        for (int item = 0; item < sizes.count(); item++) {
            int weight = sizes.weight(item);
            int place = bins.size();
            if (capacities.largest() >= weight) {
                place = capacities.first(weight);
            } else {
                bins.add(new PackingBin(sizes));
            }
            PackingBin bin = bins.get(place);
            bin.add(item);
            capacities.set(place, bin.hasPlace() ? bin.remainingWeight() : CapacityTree.CLOSED);
        }
        return bins;
    }
}
