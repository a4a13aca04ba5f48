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
 * Spends what remains until the reset evenly on partly filled requests: otherwise one update a second would use up an
 * hour's quota in minutes, and nothing could be sent for the rest of the hour. Each held-back request has a send time
 * of its own, behind those of the others, so that collections take turns, however many there are. Only the last send
 * time is known here; each collection's own is stored with its waiting updates.
 */
final class PartialRequestSchedule {
    /** No message stays in a queue for longer, so no send time is later. */
    private static final Duration LATEST = Duration.ofDays(14);

    /** How late a request may come for its reservation: Lambda gathers an event for some seconds. */
    private static final Duration ARRIVAL_TIME = Duration.ofSeconds(10);
    /** More would make the item large for little: full requests leave quota for the next few only. */
    private static final int MAX_RESERVATIONS = 16;

    private static final String LAST = "sparing.last";
    private static final String BEFORE_LAST = "sparing.before_last";
    private static final String PERMIT = "sparing.permit";
    private static final String END = "sparing.line_end";
    private static final String NEXT = "sparing.line_next";

    /** When the last partly filled request was sent, and the one before it. */
    private @Nullable Instant last;

    private @Nullable Instant beforeLast;
    private long lastPermit;
    /** The last send time that was reserved. */
    private @Nullable Instant lastReserved;
    /** The first reserved send times that are not over. */
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
     * The quota that a partly filled request may spend from.
     *
     * @param credit units that are available to it
     * @param cost units that it counts for
     * @param unitTime in which a unit refills on average
     * @param isSteady whether units refill one by one. Then the reset is when the quota is full. Even spending settles
     *     where half the quota remains, and never spends less than three quarters of the refill, so that it does not
     *     fill up
     * @param hasReservation whether it is sent after the requests that have reserved send times
     * @param part of the refill that partly filled requests get while bulk or full requests of others wait for the rest,
     *     under a steady refill; 0 if none do. Those do not return for what is available beyond this part of a whole
     *     quota, so partly filled ones are sent sooner
     */
    record AvailableQuota(
            Instant reset,
            long credit,
            long cost,
            Duration unitTime,
            boolean isSteady,
            boolean hasReservation,
            double part) {
        private static final double MIN_REFILL_SHARE = 0.75;

        /** No request waits for another longer than a window, whatever was reported. */
        AvailableQuota {
            unitTime = WaitDurations.shorter(unitTime, LongWaitBackoff.CREDIBLE.dividedBy(Math.max(1, cost)));
        }

        private Duration evenly(long units, Instant now) {
            Duration untilReset = WaitDurations.until(reset, now);
            double limit = credit + (double) untilReset.toMillis() / Math.max(1, unitTime.toMillis());
            long theirs = isSteady ? Math.round(limit * part) : 0;
            Duration evenly = untilReset.multipliedBy(cost).dividedBy(Math.max(1, units - theirs));
            Duration longest =
                    isSteady ? timeOfOneAtShare(part > 0 ? part : MIN_REFILL_SHARE) : LongWaitBackoff.CREDIBLE;
            return WaitDurations.shorter(evenly, longest);
        }

        /** A window's end brings a whole quota, so what is left of this one is not spread beyond it. */
        private Instant next(Instant behind, Instant now) {
            if (!behind.isBefore(reset)) {
                return behind.plus(timeOfOne());
            }
            Instant next = behind.plus(evenly(credit, now));
            return isSteady ? next : WaitDurations.earlier(next, reset);
        }

        private Duration timeOfOne() {
            return unitTime.multipliedBy(cost);
        }

        /** The time for one where partly filled requests get only this part of the refill. */
        private Duration timeOfOneAtShare(double part) {
            return Duration.ofMillis(Math.round(timeOfOne().toMillis() / part));
        }
    }

    /** When the next request without a reservation may be sent; null if at once. */
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

    /** A request is held back until then. */
    void reserve(Instant then) {
        lastReserved = lastReserved == null ? then : WaitDurations.later(lastReserved, then);
        if (reservedTimes.size() < MAX_RESERVATIONS) {
            reservedTimes.add(then);
        }
    }

    /** How many send times before the reset are reserved and not over. */
    private long reservedBeforeReset(AvailableQuota quota, Instant now) {
        if (lastReserved == null || !lastReserved.isAfter(now)) {
            return 0;
        }
        Instant until = quota.isSteady() ? lastReserved : WaitDurations.earlier(lastReserved, quota.reset());
        return 1
                + WaitDurations.until(until, now).toMillis()
                        / Math.max(1, quota.timeOfOne().toMillis());
    }

    /** How many reserved requests may be sent now, and must find their unit when they arrive. */
    long dueReservations(Instant now) {
        return reservedTimes.stream()
                .filter(then -> !then.isAfter(now) && then.plus(ARRIVAL_TIME).isAfter(now))
                .count();
    }

    /** Discards the reservations that no request used. */
    void expire(Instant now) {
        reservedTimes.removeIf(then -> !then.plus(ARRIVAL_TIME).isAfter(now));
    }

    /** A request was sent; it uses the first reservation that is due. */
    void recordSent(Permit permit) {
        reservedTimes.stream()
                .filter(then -> !then.isAfter(permit.grantedAt()))
                .findFirst()
                .ifPresent(reservedTimes::remove);
        beforeLast = last;
        last = permit.grantedAt();
        lastPermit = permit.number();
    }

    /** That request was not sent after all. */
    void undoSent(Permit permit) {
        if (permit.number() == lastPermit) {
            last = beforeLast;
        }
    }
}
