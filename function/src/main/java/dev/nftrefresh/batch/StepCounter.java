package dev.nftrefresh.batch;

/** Counts looks at bins and items, so that searches can end and a test can tell how the work grows. */
final class StepCounter {
    private long steps;

    void step() {
        steps++;
    }

    long steps() {
        return steps;
    }
}
