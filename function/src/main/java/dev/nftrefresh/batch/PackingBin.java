package dev.nftrefresh.batch;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.update.TokenLimits;
import java.util.ArrayList;
import java.util.List;

/** A request being filled: the numbers of its items, each of which weighs its bytes and a comma. */
final class PackingBin {
    /**
     * The most that the items may weigh together: what a body without tokens leaves, plus one, as the last has no
     * comma.
     */
    static final int CAPACITY = RefreshRequestLimits.BODY_BYTES - RefreshRequestBody.bytes(0, 0) + 1;

    private final List<Integer> items = new ArrayList<>();
    private int remainingWeight = CAPACITY;

    /** Whether an item of this weight still fits. */
    boolean fits(int weight) {
        return hasPlace() && weight <= remainingWeight;
    }

    void add(int item, int weight) {
        items.add(item);
        remainingWeight -= weight;
    }

    /** The weight that it can still take. */
    int remainingWeight() {
        return remainingWeight;
    }

    boolean hasPlace() {
        return items.size() < RefreshRequestLimits.TOKENS;
    }

    /** Whether a token of any size still fits; if not, it counts as full. */
    boolean fitsAnyToken() {
        return fits(TokenLimits.MAX_BYTES + 1);
    }

    /** The numbers of its items in ascending order. */
    List<Integer> inOrder() {
        return items.stream().sorted().toList();
    }
}
