package dev.nftrefresh.pacing;

import dev.nftrefresh.pacing.Allowance.Window;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.table.Notes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Spends evenly on partly filled requests what remains until the reset: one update a second would else use up an hour's
 * quota in minutes, and then nothing would go for the rest of the hour. Under a steady refill the reset is when the
 * quota is full, and this comes to rest where half of it remains; below that never more slowly than half of what comes
 * back, so that it fills up again.
 */
final class Sparing {
    /** When the last partly filled request went, and the one before it. */
    private @Nullable Instant last;

    private @Nullable Instant beforeLast;
    private long lastPermit;

    Sparing(Notes notes) {
        last = notes.instant("sparing.last");
        beforeLast = notes.instant("sparing.before_last");
        lastPermit = notes.number("sparing.permit", 0);
    }

    void note(Notes notes) {
        notes.put("sparing.last", last);
        notes.put("sparing.before_last", beforeLast);
        notes.put("sparing.permit", lastPermit);
    }

    /** When the next one of this cost may go; null if at once. */
    @Nullable
    Instant due(Window window, long credit, long cost, @Nullable Duration steadyUnit, Instant now) {
        Instant reset = window.reset();
        if (last == null || UnderWay.isFarAhead(last, now) || reset == null || credit <= 0) {
            return null;
        }
        Duration evenly = Duration.between(now, reset).multipliedBy(cost).dividedBy(credit);
        if (steadyUnit == null) {
            Instant due = last.plus(evenly);
            return due.isBefore(reset) ? due : reset;
        }
        Duration slowest = steadyUnit.multipliedBy(2 * cost);
        return last.plus(evenly.compareTo(slowest) < 0 ? evenly : slowest);
    }

    void went(Permit permit) {
        beforeLast = last;
        last = permit.grantedAt();
        lastPermit = permit.number();
    }

    /** That one did not go after all. */
    void unused(Permit permit) {
        if (permit.number() == lastPermit) {
            last = beforeLast;
        }
    }
}
