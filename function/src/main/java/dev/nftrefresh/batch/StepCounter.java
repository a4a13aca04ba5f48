package dev.nftrefresh.batch;

/** Counts steps over bins and items, so that searches can end and a test can measure how the work grows. */
final class StepCounter {
    private long steps;

    void step() {
        steps++;
    }

    long steps() {
        return steps;
    }
}
