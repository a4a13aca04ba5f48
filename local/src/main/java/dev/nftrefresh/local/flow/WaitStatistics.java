package dev.nftrefresh.local.flow;

import java.time.Duration;
import java.util.List;

/**
 * How long updates waited.
 *
 * @param count of the waits that these figures are of
 * @param p50 half of them waited no longer
 * @param p95 95 % of them waited no longer
 * @param max the longest
 */
public record WaitStatistics(int count, Duration p50, Duration p95, Duration max) {
    /** Of these waits, in any order; there has to be one. Each figure is a wait that there was. */
    static WaitStatistics of(List<Duration> waits) {
        List<Duration> sorted = waits.stream().sorted().toList();
        return new WaitStatistics(sorted.size(), percentile(sorted, 50), percentile(sorted, 95), sorted.getLast());
    }

    /** The shortest of them than which so many per cent are no longer. */
    private static Duration percentile(List<Duration> sorted, int percent) {
        long rank = Math.ceilDiv((long) sorted.size() * percent, 100);
        return sorted.get((int) rank - 1);
    }
}
