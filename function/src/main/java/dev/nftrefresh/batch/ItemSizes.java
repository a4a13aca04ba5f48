package dev.nftrefresh.batch;

import dev.nftrefresh.api.RefreshRequestLimits;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** The weight of each item in a request: its bytes and the comma after it. */
final class ItemSizes {
    private final int[] weights;
    private final int[] heaviestFirst;

    private ItemSizes(int[] weights) {
        this.weights = weights;
        heaviestFirst = heaviestFirst(weights);
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

    /** Sorts numbers with the weight in the upper half: the JDK sorts primitives several times as fast as objects. */
    private static int[] heaviestFirst(int[] weights) {
        long[] keys = new long[weights.length];
        for (int item = 0; item < keys.length; item++) {
            keys[item] = (long) -weights[item] << Integer.SIZE | item;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
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
        return heaviestFirst.clone();
    }

    /** How many bins the items would fill completely, by weight or by number, if they could be split. */
    double fractionalBins() {
        double load = Arrays.stream(weights).asLongStream().sum();
        return Math.max(load / PackingBin.CAPACITY, (double) weights.length / RefreshRequestLimits.TOKENS);
    }

    /**
     * A lower bound for the number of bins: of the i heaviest items, no bin holds more than it would if all were as
     * light as the i-th. For items of one size the bound is exact; for mixed ones {@link #fractionalBins} is higher.
     */
    int fewestBins() {
        int fewest = (int) Math.ceil(fractionalBins());
        for (int i = 0; i < heaviestFirst.length; i++) {
            int together = Math.min(RefreshRequestLimits.TOKENS, PackingBin.CAPACITY / weights[heaviestFirst[i]]);
            fewest = Math.max(fewest, Math.ceilDiv(i + 1, together));
        }
        return fewest;
    }
}
