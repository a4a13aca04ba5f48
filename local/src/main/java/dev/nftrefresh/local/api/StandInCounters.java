package dev.nftrefresh.local.api;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts for many threads. */
final class StandInCounters {
    final LongAdder requests = new LongAdder();
    final LongAdder accepted = new LongAdder();
    final LongAdder tokensAccepted = new LongAdder();
    final LongAdder throttled = new LongAdder();
    final LongAdder nonconforming = new LongAdder();
    final LongAdder unauthorised = new LongAdder();
    final LongAdder faults = new LongAdder();
    final LongAccumulator largestRequestTokens = new LongAccumulator(Math::max, 0);
    final LongAccumulator largestRequestBytes = new LongAccumulator(Math::max, 0);

    StandInTotals now(long staleOverwrites) {
        return new StandInTotals(
                requests.sum(),
                accepted.sum(),
                tokensAccepted.sum(),
                throttled.sum(),
                nonconforming.sum(),
                unauthorised.sum(),
                faults.sum(),
                largestRequestTokens.get(),
                largestRequestBytes.get(),
                staleOverwrites);
    }
}
