package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkfile.ElementPosition;

/**
 * A place between two elements of a file, and what was made of those before it.
 *
 * @param position the place of the last element before it
 */
record BulkLoadCheckpoint(ElementPosition position, BulkLoadCounts counts) {
    static final BulkLoadCheckpoint START = new BulkLoadCheckpoint(ElementPosition.START, BulkLoadCounts.NONE);
}
