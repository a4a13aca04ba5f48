package dev.nftrefresh.table;

import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.telemetry.RefreshMetrics.Trouble;

/** Is told each time that the table does not do what it should; safe for use by many threads. */
@FunctionalInterface
public interface TableTroubles {
    /** Counts them for the alarm, and says in the log why it rings. */
    static TableTroubles in(RefreshMetrics metrics, JsonLog log) {
        return what -> {
            metrics.trouble(Trouble.TABLE_UNAVAILABLE);
            log.warn(what);
        };
    }

    /** Says what was wrong, where, in one sentence. */
    void tell(String what);
}
