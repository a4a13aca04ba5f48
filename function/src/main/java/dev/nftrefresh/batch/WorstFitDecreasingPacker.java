package dev.nftrefresh.batch;

import dev.nftrefresh.api.RefreshRequestLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * Worst fit decreasing: puts the items, heaviest first, each into the bin with the most capacity. The loads come out
 * even, and so do the numbers where there are many items of each size; where both limits matter, nothing else reaches
 * both in every bin. Some bins may come out overloaded, which {@link OverflowRepair} fixes.
 */
final class WorstFitDecreasingPacker {
    private WorstFitDecreasingPacker() {}

    /**
     * Packs the items into so many bins, none of them with too many items.
     *
     * @param spare the part of the last bin, from 0 to 1, that is left empty while others have capacity
     */
    static List<PackingBin> into(int bins, double spare, ItemSizes sizes, StepCounter steps) {
        int spareWeight = (int) (spare * PackingBin.CAPACITY);
        int sparePlaces = (int) (spare * RefreshRequestLimits.TOKENS);
        var dealt = new ArrayList<PackingBin>();
        var capacities = new CapacityTree(bins, steps);
        for (int place = 0; place < bins; place++) {
            dealt.add(new PackingBin(sizes));
            capacities.set(place, PackingBin.CAPACITY - (place == bins - 1 ? spareWeight : 0));
        }
        for (int item : sizes.heaviestFirst()) {
            int place = capacities.first(capacities.largest());
            PackingBin bin = dealt.get(place);
            bin.add(item);
            boolean last = place == bins - 1;
            boolean hasPlace = bin.count() < RefreshRequestLimits.TOKENS - (last ? sparePlaces : 0);
            capacities.set(place, hasPlace ? bin.remainingWeight() - (last ? spareWeight : 0) : CapacityTree.CLOSED);
        }
        return dealt;
    }
}
