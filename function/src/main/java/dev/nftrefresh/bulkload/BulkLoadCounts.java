package dev.nftrefresh.bulkload;

/**
 * The counts of a file so far.
 *
 * @param queued tokens that are in messages
 * @param rejected elements
 * @param messages that the tokens are in; also the number of the next one, counted from 0
 */
record BulkLoadCounts(long queued, long rejected, long messages) {
    static final BulkLoadCounts NONE = new BulkLoadCounts(0, 0, 0);

    /** All elements, as each is either queued or rejected. */
    long read() {
        return queued + rejected;
    }

    BulkLoadCounts plusQueued() {
        return new BulkLoadCounts(queued + 1, rejected, messages);
    }

    BulkLoadCounts plusRejected() {
        return new BulkLoadCounts(queued, rejected + 1, messages);
    }

    BulkLoadCounts plusMessage() {
        return new BulkLoadCounts(queued, rejected, messages + 1);
    }
}
