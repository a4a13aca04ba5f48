package dev.nftrefresh.ratelimit;

import dev.nftrefresh.ratelimit.RefillSchedule.RefillPortion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** In what portions the quota refills for each lane, as far as it is known. */
final class LaneRefillSchedules {
    /** Full requests that return together under a steady refill. */
    private static final long GROUP = 20;
    /** Of calls that bulk shares with live updates: about as many as an invocation can space evenly. */
    private static final long SHARED_GROUP = 10;
    /** At least so many groups an hour, however small the quota: otherwise it would be full before they return. */
    private static final long GROUPS = 4;
    /** Where no limit was reported, all return at the opening. */
    private static final double ALL = 1e9;
    /** Bulk's second portion of a window: what live updates did not use of their reserve. */
    private static final int LATE = 1;

    private final QuotaProfile profile;
    private final QuotaUnitDetector unitDetector;
    private final RequestPacer pace;
    private final LiveReserve reserve;

    LaneRefillSchedules(QuotaProfile profile, QuotaUnitDetector unitDetector, RequestPacer pace, LiveReserve reserve) {
        this.profile = profile;
        this.unitDetector = unitDetector;
        this.pace = pace;
        this.reserve = reserve;
    }

    RefillSchedule of(UpdateLane lane, Instant opens, Instant now) {
        Long limit = profile.limit();
        double cost = unitDetector.costOfFull(limit);
        Duration steady = profile.steadyUnit();
        if (steady != null && limit != null) {
            Duration each = WaitDurations.longer(steady.multipliedBy((long) cost), pace.interval());
            long group = Math.clamp((long) (limit / cost / GROUPS), 1, GROUP);
            Duration every = WaitDurations.shorter(each.multipliedBy(group), LongWaitBackoff.CREDIBLE);
            Instant collected = now.plus(every);
            return RefillSchedule.even((double) group, every, collected.isAfter(opens) ? collected : opens);
        }
        Duration window = profile.window();
        if (limit == null || window == null) {
            Duration each = pace.interval();
            boolean slow = each.compareTo(Duration.ofSeconds(1)) > 0;
            return RefillSchedule.even(slow ? GROUP : ALL, each.multipliedBy(GROUP), opens);
        }
        double atPace = (double) window.toMillis() / Math.max(1, pace.interval().toMillis());
        double all = Math.min(limit / cost, atPace);
        return reserve.isLeftBy(lane, true, now)
                ? besideLive(all, window, opens)
                : RefillSchedule.even(all, window, opens);
    }

    /** For calls at this interval: as many as one event makes return together. */
    RefillSchedule shared(Duration interval, Instant from) {
        Duration every = WaitDurations.longer(interval, pace.interval()).multipliedBy(SHARED_GROUP);
        return RefillSchedule.even((double) SHARED_GROUP, every, from.plus(every));
    }

    /** All but the reserve at the opening, and what is left of the reserve shortly before the next one. */
    private RefillSchedule besideLive(double all, Duration window, Instant opens) {
        Duration late = LiveReserve.late(window);
        Instant reset = profile.reset();
        boolean isLate = reset != null && opens.plus(late.dividedBy(2)).isBefore(reset);
        return new RefillSchedule(
                List.of(
                        new RefillPortion(all * (1 - reserve.part()), window.minus(late)),
                        new RefillPortion(all * reserve.part(), late)),
                opens,
                isLate ? LATE : 0);
    }
}
