package dev.nftrefresh.ratelimit;

import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.time.Rfc3339TimeParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spends evenly on partly filled requests what remains until the reset: one update a second would else use up an hour's
 * quota in minutes, and then nothing would go for the rest of the hour. Each one that is held back has a moment of its own,
 * behind those of the others, so that collections take turns, however many there are; only the end of the line is known
 * here, and each collection's moment is kept with its updates in the waiting room.
 */
final class PartialRequestSchedule {
    /** No message stays in a queue for longer, so nobody's moment comes later. */
    private static final Duration LATEST = Duration.ofDays(14);

    /** Who comes for it comes within this: an event is gathered for some seconds. */
    private static final Duration COMES_WITHIN = Duration.ofSeconds(10);
    /** More would make the item large, for little: what full requests leave of the quota is for the next few. */
    private static final int MOST = 16;

    private static final String LAST = "sparing.last";
    private static final String BEFORE_LAST = "sparing.before_last";
    private static final String PERMIT = "sparing.permit";
    private static final String END = "sparing.line_end";
    private static final String NEXT = "sparing.line_next";

    /** When the last partly filled request went, and the one before it. */
    private @Nullable Instant last;

    private @Nullable Instant beforeLast;
    private long lastPermit;
    /** The last moment that was promised. */
    private @Nullable Instant lastReserved;
    /** The first moments that were promised and are not over. */
    private final List<Instant> reservedTimes = new ArrayList<>();

    PartialRequestSchedule(ItemFields fields) {
        last = fields.instant(LAST);
        beforeLast = fields.instant(BEFORE_LAST);
        lastPermit = fields.number(PERMIT, 0);
        lastReserved = fields.instant(END);
        fields.texts(NEXT).forEach(then -> reservedTimes.add(Rfc3339TimeParser.parse(then)));
    }

    void writeTo(ItemFields fields) {
        fields.put(LAST, last);
        fields.put(BEFORE_LAST, beforeLast);
        fields.put(PERMIT, lastPermit);
        fields.put(END, lastReserved);
        fields.put(NEXT, reservedTimes.stream().map(Instant::toString).toList());
    }

    /**
     * What one of them may spend of.
     *
     * @param credit units that are there for it
     * @param cost units that it counts for
     * @param unitTime in which a unit comes back on the average
     * @param isSteady whether units come back one by one; then the reset is when the quota is full, and this comes to rest
     *     where half of it remains, and never goes more slowly than three quarters of what comes back, so that it fills up
     * @param hasReservation whether it goes behind those to which moments were promised
     * @param part of what comes back that is theirs while bulk waits for the rest, under a steady refill; 0 if none does. What
     *     is there beyond this part of a whole quota bulk does not come for, so they go sooner
     */
    record AvailableQuota(
            Instant reset,
            long credit,
            long cost,
            Duration unitTime,
            boolean isSteady,
            boolean hasReservation,
            double part) {
        private static final double MOST_OF_WHAT_COMES_BACK = 0.75;

        /** No one waits longer for one other than a window, whatever was told of it. */
        AvailableQuota {
            unitTime = WaitDurations.shorter(unitTime, LongWaitBackoff.CREDIBLE.dividedBy(Math.max(1, cost)));
        }

        private Duration evenly(long units, Instant now) {
            Duration untilReset = WaitDurations.until(reset, now);
            double limit = credit + (double) untilReset.toMillis() / Math.max(1, unitTime.toMillis());
            long theirs = isSteady ? Math.round(limit * part) : 0;
            Duration evenly = untilReset.multipliedBy(cost).dividedBy(Math.max(1, units - theirs));
            Duration longest = isSteady ? ofOneIn(part > 0 ? part : MOST_OF_WHAT_COMES_BACK) : LongWaitBackoff.CREDIBLE;
            return WaitDurations.shorter(evenly, longest);
        }

        /** A window's end brings a whole quota: what is left of this one is not spread beyond it. */
        private Instant next(Instant behind, Instant now) {
            if (!behind.isBefore(reset)) {
                return behind.plus(ofOne());
            }
            Instant next = behind.plus(evenly(credit, now));
            return isSteady ? next : WaitDurations.earlier(next, reset);
        }

        private Duration ofOne() {
            return unitTime.multipliedBy(cost);
        }

        /** The time of one where only this part of what comes back is theirs. */
        private Duration ofOneIn(double part) {
            return Duration.ofMillis(Math.round(ofOne().toMillis() / part));
        }
    }

    /** When the next one may go to which nothing was promised; null if at once. */
    @Nullable
    Instant sendTime(AvailableQuota quota, Instant now) {
        if (last == null || InFlightPermits.isFarAhead(last, now) || quota.credit() <= 0) {
            return null;
        }
        long free = quota.credit() - reservedBeforeReset(quota, now) * quota.cost();
        if (free > 0 && !last.plus(quota.evenly(free, now)).isAfter(now)) {
            return null;
        }
        Instant behind =
                quota.hasReservation() && lastReserved != null && lastReserved.isAfter(last) ? lastReserved : last;
        return WaitDurations.earlier(quota.next(behind, now), now.plus(LATEST));
    }

    /** One is held back until then. */
    void reserve(Instant then) {
        lastReserved = lastReserved == null ? then : WaitDurations.later(lastReserved, then);
        if (reservedTimes.size() < MOST) {
            reservedTimes.add(then);
        }
    }

    /** How many moments before the reset are promised and not over. */
    private long reservedBeforeReset(AvailableQuota quota, Instant now) {
        if (lastReserved == null || !lastReserved.isAfter(now)) {
            return 0;
        }
        Instant until = quota.isSteady() ? lastReserved : WaitDurations.earlier(lastReserved, quota.reset());
        return 1
                + WaitDurations.until(until, now).toMillis()
                        / Math.max(1, quota.ofOne().toMillis());
    }

    /** How many may go now, and are to find their unit when they come. */
    long dueReservations(Instant now) {
        return reservedTimes.stream()
                .filter(then -> !then.isAfter(now) && then.plus(COMES_WITHIN).isAfter(now))
                .count();
    }

    /** Forgets those who do not come. */
    void expire(Instant now) {
        reservedTimes.removeIf(then -> !then.plus(COMES_WITHIN).isAfter(now));
    }

    /** One went, the one to which the first moment was promised if it is over. */
    void recordSent(Permit permit) {
        reservedTimes.stream()
                .filter(then -> !then.isAfter(permit.grantedAt()))
                .findFirst()
                .ifPresent(reservedTimes::remove);
        beforeLast = last;
        last = permit.grantedAt();
        lastPermit = permit.number();
    }

    /** That one did not go after all. */
    void undoSent(Permit permit) {
        if (permit.number() == lastPermit) {
            last = beforeLast;
        }
    }
}
