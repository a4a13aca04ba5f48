package dev.nftrefresh.pass;

import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.pacing.RefreshGate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What becomes of a partly filled request that must not go yet. */
final class HeldBack {
    /** What is due sooner need not go back to the queue. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Lane lane;
    private final RefreshGate gate;
    private final Duration batchingWindow;

    HeldBack(Services services, Lane lane) {
        this.lane = lane;
        gate = services.gate();
        batchingWindow = services.batchingWindow();
    }

    /**
     * Says when its messages come back: one batching window before the request is due, as the event that brings them is
     * gathered for so long. How often they were delivered does not count: most deliveries only waited for the quota.
     */
    Duration hold(PlannedRequest request, Instant now, Deadline deadline) {
        Duration due = gate.appointments(List.of(request.asked(lane)), now, deadline.tableCall())
                .getFirst();
        Duration before = due.minus(batchingWindow);
        return before.compareTo(SHORTEST) > 0 ? before : SHORTEST;
    }
}
