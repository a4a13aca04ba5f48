package dev.nftrefresh.pass;

import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.room.WaitingRoom.Seated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What becomes of a partly filled request that must not go yet. */
final class HeldBack {
    /** What is due sooner need not go back to the queue. */
    static final Duration SHORTEST = Duration.ofSeconds(1);
    /** For the second time, when it did not go with another request meanwhile; then twice as long each time. */
    private static final Duration SECOND = Duration.ofSeconds(10);

    private static final int MOST_DOUBLINGS = 6;
    /** But no longer than this part of the time in which the quota comes back: else the end of a backlog is drawn out. */
    private static final int PARTS_OF_WINDOW = 6;

    private final Lane lane;
    private final RefreshGate gate;
    private final WaitingRoom room;
    private final Duration batchingWindow;

    HeldBack(Services services, Lane lane) {
        this.lane = lane;
        gate = services.gate();
        room = services.room();
        batchingWindow = services.batchingWindow();
    }

    /**
     * Lets its updates sit in the waiting room, and says when its messages come back: one batching window before the
     * request is due, as the event that brings them is gathered for so long.
     */
    Duration hold(PlannedRequest request, Seated seated, Instant now, Deadline deadline) {
        room.enter(request.updates().stream().map(QueuedUpdate::token).toList(), seated, now, deadline.tableCall());
        Duration due = gate.appointments(List.of(request.asked(lane)), now, deadline.tableCall())
                .getFirst();
        return longer(due.minus(batchingWindow), again(request.deliveries(), now, deadline));
    }

    private Duration again(int deliveries, Instant now, Deadline deadline) {
        if (deliveries < 2) {
            return SHORTEST;
        }
        Duration doubled = SECOND.multipliedBy(1L << Math.min(deliveries - 2, MOST_DOUBLINGS));
        Duration window = gate.health(now, deadline.tableCall()).quotaWindow();
        Duration longest = window == null ? SECOND : longer(window.dividedBy(PARTS_OF_WINDOW), SHORTEST);
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
