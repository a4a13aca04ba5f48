package dev.nftrefresh.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * In what portions the quota refills.
 *
 * @param portions in their order, repeated from the first one on
 * @param first when the next portion is available
 * @param portionIndex which of the portions that is
 */
record RefillSchedule(List<RefillPortion> portions, Instant first, int portionIndex) {
    /**
     * What refills at once.
     *
     * @param requests how many full requests it is enough for
     * @param untilNext the time from this portion to the next
     */
    record RefillPortion(double requests, Duration untilNext) {
        /** Slightly too many return: one that returns in vain costs a receive, an unused portion is lost. */
        private static final double OVERBOOKED = 1.05;
        /** Each poller of the queue builds events of its own, and leaves up to one request's tokens over. */
        private static final double LEFT_OVER = 2;

        /** How many full requests of the return queue return for it. */
        double bookedRequests() {
            return requests * OVERBOOKED + LEFT_OVER;
        }
    }

    /** Always the same portion. */
    static RefillSchedule even(double requests, Duration every, Instant first) {
        return new RefillSchedule(List.of(new RefillPortion(requests, every)), first, 0);
    }

    RefillPortion portion(int portionIndex) {
        return portions.get(portionIndex % portions.size());
    }

    int after(int portionIndex) {
        return (portionIndex + 1) % portions.size();
    }
}
