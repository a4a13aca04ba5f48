package dev.nftrefresh.local.simulation;

/** Counts how requests ended, as the function saw it. */
final class RequestCounts {
    private long all;
    private long throttled;
    private long failed;

    void ended(int status) {
        all++;
        if (status == 429) {
            throttled++;
        } else if (status != 202) {
            failed++;
        }
    }

    long all() {
        return all;
    }

    long failed() {
        return failed;
    }

    double throttledShare() {
        return all == 0 ? 0 : (double) throttled / all;
    }
}
