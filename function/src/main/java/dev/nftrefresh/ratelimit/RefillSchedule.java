package dev.nftrefresh.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * In what portions the quota comes back.
 *
 * @param portions come one after the other, and then again from the first one on
 * @param first when the next portion is there
 * @param portionIndex which of the portions that is
 */
record RefillSchedule(List<RefillPortion> portions, Instant first, int portionIndex) {
    /**
     * What comes back at once.
     *
     * @param requests full ones that it is enough for
     * @param untilNext the time from this portion to the next
     */
    record RefillPortion(double requests, Duration untilNext) {
        /** Who comes back in vain costs one receive, and a portion that nobody came for is lost. */
        private static final double OVERBOOKED = 1.05;
        /** Each poller of the queue builds an event of its own, and leaves up to one request's tokens over. */
        private static final double LEFT_OVER = 2;

        /** How much of the line, in full requests, is asked to come back for it. */
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
