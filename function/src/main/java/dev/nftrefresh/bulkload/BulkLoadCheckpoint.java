package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkfile.ElementPosition;

/**
 * A position between two elements of a file, and the counts of those before it.
 *
 * @param position of the last element before it
 */
record BulkLoadCheckpoint(ElementPosition position, BulkLoadCounts counts) {
    static final BulkLoadCheckpoint START = new BulkLoadCheckpoint(ElementPosition.START, BulkLoadCounts.NONE);
}
