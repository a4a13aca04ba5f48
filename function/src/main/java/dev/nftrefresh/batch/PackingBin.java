package dev.nftrefresh.batch;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.update.TokenLimits;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A request being filled: the numbers of its items, each of which weighs its bytes and a comma. */
final class PackingBin {
    /**
     * The most that the items may weigh together: what a body without tokens leaves, plus one, as the last has no
     * comma.
     */
    static final int CAPACITY = RefreshRequestLimits.BODY_BYTES - RefreshRequestBody.bytes(0, 0) + 1;

    private final ItemSizes sizes;
    private int[] items = new int[16];
    private int count;
    private int load;

    /** An empty bin for items of these sizes. */
    PackingBin(ItemSizes sizes) {
        this.sizes = sizes;
    }

    void add(int item) {
        insert(count, item);
    }

    /** Adds an item to a bin that holds its items from the heaviest to the lightest, and keeps that order. */
    void addByWeight(int item) {
        int place = count;
        while (place > 0 && weight(place - 1) < sizes.weight(item)) {
            place--;
        }
        insert(place, item);
    }

    private void insert(int place, int item) {
        if (count == items.length) {
            items = Arrays.copyOf(items, 2 * count);
        }
        System.arraycopy(items, place, items, place + 1, count - place);
        items[place] = item;
        count++;
        load += sizes.weight(item);
    }

    int remove(int place) {
        int item = items[place];
        count--;
        System.arraycopy(items, place + 1, items, place, count - place);
        load -= sizes.weight(item);
        return item;
    }

    int count() {
        return count;
    }

    /** The weight of the item at this place; zero past the last place. */
    int weight(int place) {
        return place < count ? sizes.weight(items[place]) : 0;
    }

    /** The weight that it can still take; below zero when it is overloaded. */
    int remainingWeight() {
        return CAPACITY - load;
    }

    boolean hasPlace() {
        return count < RefreshRequestLimits.TOKENS;
    }

    /** Whether a token of any size still fits; if not, it counts as full. */
    boolean fitsAnyToken() {
        return hasPlace() && remainingWeight() > TokenLimits.MAX_BYTES;
    }

    /** The number of its oldest item. */
    int oldest() {
        return Arrays.stream(items, 0, count).min().orElseThrow();
    }

    /** The numbers of its items in ascending order. */
    IntStream inOrder() {
        return Arrays.stream(items, 0, count).sorted();
    }
}
