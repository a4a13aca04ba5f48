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
    /** For the second time, when it did not go with another request meanwhile: each receive costs more than it brings. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

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
        room.enter(
                request.updates().stream().map(QueuedUpdate::token).toList(),
                seated,
                now,
                deadline.tableCallAt(now));
        Duration due = gate.appointments(List.of(request.asked(lane)), now, deadline.tableCallAt(now))
                .getFirst();
        return longer(due.minus(batchingWindow), request.deliveries() < 2 ? SHORTEST : AGAIN);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
