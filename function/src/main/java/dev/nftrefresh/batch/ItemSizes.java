package dev.nftrefresh.batch;

import dev.nftrefresh.api.RefreshRequestLimits;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** The weight of each item in a request: its bytes and the comma after it. */
final class ItemSizes {
    private final int[] weights;

    private ItemSizes(int[] weights) {
        this.weights = weights;
    }

    static <T> ItemSizes of(List<T> items, ToIntFunction<? super T> bytes) {
        return new ItemSizes(
                items.stream().mapToInt(bytes).map(ItemSizes::checkedWeight).toArray());
    }

    private static int checkedWeight(int bytes) {
        if (bytes < 1 || bytes >= PackingBin.CAPACITY) {
            throw new IllegalArgumentException(
                    "an item is " + bytes + " bytes, and a request holds items of 1 to " + (PackingBin.CAPACITY - 1));
        }
        return bytes + 1;
    }

    /** How many items there are; they are numbered from 0, the oldest. */
    int count() {
        return weights.length;
    }

    int weight(int item) {
        return weights[item];
    }

    /** The items' numbers, heaviest first; of equally heavy ones the oldest first. */
    int[] heaviestFirst() {
        // Numbers with the weight in the upper half: the JDK sorts primitives several times as fast as objects.
        long[] keys = new long[weights.length];
        for (int item = 0; item < keys.length; item++) {
            keys[item] = (long) -weights[item] << Integer.SIZE | item;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    /** No packing needs fewer bins: this many the items would fill, by weight or by number, if they could be split. */
    int leastBins() {
        long load = Arrays.stream(weights).asLongStream().sum();
        return (int) Math.max(
                Math.ceilDiv(load, PackingBin.CAPACITY), Math.ceilDiv(weights.length, RefreshRequestLimits.TOKENS));
    }
}
