package dev.nftrefresh.local.simulation;

/**
 * What was asked of the table.
 *
 * @param reads items that were read, and partitions
 * @param writes items that were written, those included that another copy was faster with
 */
record TableOperations(long reads, long writes) {}
