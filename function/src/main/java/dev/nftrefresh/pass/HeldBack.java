package dev.nftrefresh.pass;

import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.pacing.RefreshGate;
import java.time.Duration;
import java.time.Instant;

/** What becomes of a partly filled request that must not go yet. */
final class HeldBack {
    /** What is due sooner need not go back to the queue. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** A window. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Lane lane;
    private final RefreshGate gate;
    private final Duration batchingWindow;

    HeldBack(Services services, Lane lane) {
        this.lane = lane;
        gate = services.gate();
        batchingWindow = services.batchingWindow();
    }

    /** When this request may go, to which nothing was promised before. */
    Duration due(PlannedRequest request, Instant now, Deadline deadline) {
        return gate.promise(request.asked(lane), now, deadline.tableCall());
    }

    /**
     * When its messages come back: one batching window before the request is due, as the event that brings them is
     * gathered for so long, and once a window, as the quota may be another by then. How often they were delivered does not
     * count: most deliveries only waited for the quota.
     */
    Duration comesBack(Duration due) {
        Duration before = due.minus(batchingWindow);
        Duration soon = before.compareTo(LONGEST) < 0 ? before : LONGEST;
        return soon.compareTo(SHORTEST) > 0 ? soon : SHORTEST;
    }
}
