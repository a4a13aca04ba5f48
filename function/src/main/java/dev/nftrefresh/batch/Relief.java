package dev.nftrefresh.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Relieves overloaded bins by exchanges with those that have room. */
final class Relief {
    /** Looks after which a try is given up, some 10 ms; an event's 6 MB were never seen to need as many. */
    private static final long MOST_LOOKS = 2_000_000;

    private final List<Bin> bins;
    private final Effort effort;
    private final long end;

    private Relief(List<Bin> bins, Effort effort) {
        this.bins = bins;
        this.effort = effort;
        end = effort.looks() + MOST_LOOKS;
    }

    /** Whether every bin could be brought down to what a request holds. */
    static boolean of(List<Bin> bins, Effort effort) {
        var relief = new Relief(bins, effort);
        return bins.stream().allMatch(relief::relieve);
    }

    private boolean relieve(Bin overloaded) {
        while (overloaded.room() < 0) {
            Exchange exchange = bestFor(overloaded);
            if (exchange == null || effort.looks() > end) {
                return false;
            }
            exchange.carryOut();
        }
        return true;
    }

    private @Nullable Exchange bestFor(Bin overloaded) {
        Exchange best = null;
        for (Bin bin : bins) {
            if (bin.room() > 0) {
                Exchange exchange = Exchange.best(overloaded, bin, effort);
                if (exchange != null && exchange.isBetterThan(best)) {
                    best = exchange;
                }
                if (best != null && best.isEnough()) {
                    return best;
                }
            }
        }
        return best;
    }
}
