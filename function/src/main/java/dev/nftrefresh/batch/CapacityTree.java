package dev.nftrefresh.batch;

import java.util.Arrays;

/**
 * Finds a bin by its remaining capacity in log(bins) steps: each node of the tree holds the largest capacity below it.
 */
final class CapacityTree {
    /** The capacity of a bin that takes nothing more, or does not exist yet. */
    static final int CLOSED = Integer.MIN_VALUE;

    private final StepCounter steps;
    private final int leaves;
    private final int[] largest;

    /** A tree of so many bins, all of them closed. */
    CapacityTree(int bins, StepCounter steps) {
        this.steps = steps;
        leaves = Integer.highestOneBit(Math.max(1, 2 * bins - 1));
        largest = new int[2 * leaves];
        Arrays.fill(largest, CLOSED);
    }

    /** The largest remaining capacity of any bin. */
    int largest() {
        return largest[1];
    }

    /** The first bin with at least this capacity, which must not be more than the largest. */
    int first(int remaining) {
        int node = 1;
        while (node < leaves) {
            steps.step();
            node = largest[2 * node] >= remaining ? 2 * node : 2 * node + 1;
        }
        return node - leaves;
    }

    void set(int bin, int remaining) {
        int node = leaves + bin;
        largest[node] = remaining;
        while (node > 1) {
            steps.step();
            node /= 2;
            largest[node] = Math.max(largest[2 * node], largest[2 * node + 1]);
        }
    }
}
