package dev.nftrefresh.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Worst fit decreasing: puts the items, heaviest first, each into the bin with the most capacity, and opens a new bin
 * where it does not fit. Each bin comes to hold items of all sizes, so that bins reach both limits at once.
 */
final class WorstFitDecreasingPacker {
    private WorstFitDecreasingPacker() {}

    /** Packs the items into so many bins, and more where these do not hold all. */
    static List<PackingBin> pack(int bins, ItemSizes sizes) {
        var packed = new ArrayList<PackingBin>();
        var emptiestFirst = new PriorityQueue<>(
                Comparator.comparingInt(PackingBin::remainingWeight).reversed());
        for (int i = 0; i < bins; i++) {
            packed.add(new PackingBin());
        }
        emptiestFirst.addAll(packed);
        for (int item : sizes.heaviestFirst()) {
            int weight = sizes.weight(item);
            PackingBin emptiest = emptiestFirst.peek();
            PackingBin bin;
            if (emptiest != null && emptiest.fits(weight)) {
                bin = emptiestFirst.remove();
            } else {
                bin = new PackingBin();
                packed.add(bin);
            }
            bin.add(item, weight);
            if (bin.hasPlace()) {
                emptiestFirst.add(bin);
            }
        }
        return packed;
    }
}
