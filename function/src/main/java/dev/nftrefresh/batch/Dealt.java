package dev.nftrefresh.batch;

import dev.nftrefresh.api.RequestLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * Deals the items out, the heaviest first, each to the bin with the most room. The loads come out even, and so do the
 * numbers where there are many items of each size; when both limits bind, nothing else reaches both in every bin. Some
 * bins may come out overloaded, which {@link Relief} mends.
 */
final class Dealt {
    private Dealt() {}

    /**
     * So many bins, none of them with too many items.
     *
     * @param spare the part of the last bin, from 0 to 1, that is left empty while others have room
     */
    static List<Bin> into(int bins, double spare, Sizes sizes, Effort effort) {
        int spareRoom = (int) (spare * Bin.CAPACITY);
        int sparePlaces = (int) (spare * RequestLimits.TOKENS);
        var dealt = new ArrayList<Bin>();
        var rooms = new Rooms(bins, effort);
        for (int place = 0; place < bins; place++) {
            dealt.add(new Bin(sizes));
            rooms.set(place, Bin.CAPACITY - (place == bins - 1 ? spareRoom : 0));
        }
        for (int item : sizes.heaviestFirst()) {
            int place = rooms.first(rooms.largest());
            Bin bin = dealt.get(place);
            bin.add(item);
            boolean last = place == bins - 1;
            boolean hasPlace = bin.count() < RequestLimits.TOKENS - (last ? sparePlaces : 0);
            rooms.set(place, hasPlace ? bin.room() - (last ? spareRoom : 0) : Rooms.CLOSED);
        }
        return dealt;
    }
}
