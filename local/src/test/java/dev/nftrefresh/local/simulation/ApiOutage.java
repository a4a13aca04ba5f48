package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.simulation.FaultRates.RequestFault;
import java.time.Duration;

/**
 * A time in which each request goes wrong.
 *
 * @param from so long after the scenario's begin
 * @param until so long after it all is well again
 * @param fault what goes wrong
 */
record ApiOutage(Duration from, Duration until, RequestFault fault) {
    boolean isAt(Duration sinceBegin) {
        return sinceBegin.compareTo(from) >= 0 && sinceBegin.compareTo(until) < 0;
    }
}
