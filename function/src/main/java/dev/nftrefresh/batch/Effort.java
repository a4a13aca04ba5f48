package dev.nftrefresh.batch;

/** Counts looks at bins and items, so that searches can end and a test can tell how the work grows. */
final class Effort {
    private long looks;

    void look() {
        looks++;
    }

    long looks() {
        return looks;
    }
}
