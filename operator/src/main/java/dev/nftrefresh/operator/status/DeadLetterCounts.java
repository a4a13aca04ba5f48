package dev.nftrefresh.operator.status;

import java.util.Map;

/**
 * How many dead letters there are.
 *
 * @param updates letters of updates
 * @param files notifications of files that could not be loaded
 * @param byReason those of updates, as far as they were read; empty if they were not
 */
record DeadLetterCounts(long updates, long files, Map<String, Long> byReason) {
    boolean isEmpty() {
        return updates == 0 && files == 0;
    }
}
