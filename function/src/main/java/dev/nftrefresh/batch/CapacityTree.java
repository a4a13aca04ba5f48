package dev.nftrefresh.batch;

import java.util.Arrays;

/** Finds a bin by its room in log(bins) looks: a tree of which every node knows the largest room below it. */
final class CapacityTree {
    /** Of a bin that takes nothing more, or is not there yet. */
    static final int CLOSED = Integer.MIN_VALUE;

    private final StepCounter steps;
    private final int leaves;
    private final int[] largest;

    /** So many bins, all of them closed. */
    CapacityTree(int bins, StepCounter steps) {
        this.steps = steps;
        leaves = Integer.highestOneBit(Math.max(1, 2 * bins - 1));
        largest = new int[2 * leaves];
        Arrays.fill(largest, CLOSED);
    }

    /** The largest room of any bin. */
    int largest() {
        return largest[1];
    }

    /** The first bin with at least this room, which must not be more than the largest. */
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
