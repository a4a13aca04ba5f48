package dev.nftrefresh.batch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First fit: puts each item, oldest first, into the first bin that can take it, and opens a new bin where none can. So
 * the order by age is kept.
 *
 * <p>A new bin is opened only where an item of at most 16 KiB fits into no other. So all bins but the newest are full,
 * by number or up to 16 KiB. The former are not looked at again, and of the latter an event of 6 MB fills fewer than 30.
 */
final class FirstFitPacker {
    private FirstFitPacker() {}

    static List<PackingBin> pack(ItemSizes sizes) {
        var bins = new ArrayList<PackingBin>();
        var open = new ArrayList<PackingBin>();
        for (int item = 0; item < sizes.count(); item++) {
            int weight = sizes.weight(item);
            PackingBin bin = firstThatFits(weight, open);
            if (bin == null) {
                bin = new PackingBin();
                bins.add(bin);
                open.add(bin);
            }
            bin.add(item, weight);
            if (!bin.hasPlace()) {
                open.remove(bin);
            }
        }
        return bins;
    }

    private static @Nullable PackingBin firstThatFits(int weight, List<PackingBin> bins) {
        for (PackingBin bin : bins) {
            if (bin.fits(weight)) {
                return bin;
            }
        }
        return null;
    }
}
