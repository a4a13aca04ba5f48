package dev.nftrefresh.table;

import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.telemetry.RefreshMetrics.OperatorProblem;

/** Is called each time that the table fails. Thread-safe. */
@FunctionalInterface
public interface TableFailureListener {
    /** Counts them for the alarm, and says in the log why it rings. */
    static TableFailureListener in(RefreshMetrics metrics, JsonLogger log) {
        return what -> {
            metrics.problem(OperatorProblem.TABLE_UNAVAILABLE);
            log.warn(what);
        };
    }

    /** Says what was wrong, where, in one sentence. */
    void report(String what);
}
