package dev.nftrefresh.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts each item, oldest first, into the first bin that can take it, and opens a bin where none can. So age is kept, and
 * every bin is about full but the last.
 */
final class FirstFit {
    private FirstFit() {}

    static List<Bin> pack(Sizes sizes, Effort effort) {
        var bins = new ArrayList<Bin>();
        var rooms = new Rooms(sizes.count(), effort);
        for (int item = 0; item < sizes.count(); item++) {
            int weight = sizes.weight(item);
            int place = bins.size();
            if (rooms.largest() >= weight) {
                place = rooms.first(weight);
            } else {
                bins.add(new Bin(sizes));
            }
            Bin bin = bins.get(place);
            bin.add(item);
            rooms.set(place, bin.hasPlace() ? bin.room() : Rooms.CLOSED);
        }
        return bins;
    }
}
