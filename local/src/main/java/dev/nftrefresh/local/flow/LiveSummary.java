package dev.nftrefresh.local.flow;

import org.jspecify.annotations.Nullable;

/**
 * What became so far of the live messages that were queued beside a load.
 *
 * @param messagesSent that were queued
 * @param tokensSent in them
 * @param waits from the queue to the acceptance; null while no update was accepted
 */
public record LiveSummary(
        long messagesSent, long tokensSent, @Nullable WaitStatistics waits) {
    /** Updates whose wait is over. */
    public int accepted() {
        return waits == null ? 0 : waits.count();
    }
}
