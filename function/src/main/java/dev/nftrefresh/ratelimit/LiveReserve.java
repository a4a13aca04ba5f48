package dev.nftrefresh.ratelimit;

import dev.nftrefresh.ratelimit.QuotaAllowance.RemainingInWindow;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What bulk leaves for live updates, and full live requests for live updates of other collections that do not fill a
 * request. Of a window it is a part that shrinks as the window passes, so that they get what live updates did not use
 * before it is lost. Under a steady refill it is a part of the bucket, as long as live updates asked recently: no
 * window's end wastes it, so they wait until the bucket holds more than that.
 */
final class LiveReserve {
    /** So near to its end, what a window has left goes to waiting bulk: hardly any of the reserve is kept then. */
    private static final double LATE = 0.03;

    private static final double PERCENT = 100;

    private final double part;
    private final QuotaProfile profile;
    private final LiveDemandTracker live;
    private final SharedBulkCalls shared;

    LiveReserve(int percent, QuotaProfile profile, LiveDemandTracker live, SharedBulkCalls shared) {
        part = percent / PERCENT;
        this.profile = profile;
        this.live = live;
        this.shared = shared;
    }

    /** Whether such requests leave the reserve: bulk, or full live ones beside other collections' few updates. */
    boolean isLeftBy(UpdateLane lane, boolean isFull, Instant now) {
        return part > 0 && (lane == UpdateLane.BULK || (isFull && live.hasSmallDemandBesideOthers(now)));
    }

    /** The part of the limit that a window begins with, from 0 to 1. */
    double part() {
        return part;
    }

    /**
     * How many units this request leaves now.
     *
     * @param all units that there are
     * @param request that asks: bulk's calls include live updates of its collection, where they are frequent enough
     * @param cost of it: a reserve that left less than this would keep it waiting forever
     */
    long kept(RemainingInWindow window, long all, PermitRequest request, long cost, Instant now) {
        if (!isLeftBy(request.lane(), request.isFull(), now)) {
            return 0;
        }
        CollectionId collection = request.collection();
        Long limit = profile.limit();
        boolean isForNobody = request.lane() == UpdateLane.BULK
                && shared.isShared(collection, now)
                && callsAreOften(window, all, cost, now)
                && !shared.othersAskedRecently(collection, now);
        if (limit == null || isForNobody) {
            return 0;
        }
        if (profile.steadyUnit() != null) {
            return live.isRecent(now) ? Math.min(Math.round(limit * part), Math.max(0, limit - cost)) : 0;
        }
        Instant reset = window.reset();
        Duration length = profile.window();
        if (reset == null || length == null) {
            return Math.round(limit * part);
        }
        double left = (double) WaitDurations.until(reset, now).toMillis() / Math.max(1, length.toMillis());
        return Math.round(limit * part * Math.clamp(left, 0, 1));
    }

    /** Whether the rest, spent evenly until the window ends, makes calls frequent enough for live updates. */
    private boolean callsAreOften(RemainingInWindow window, long all, long cost, Instant now) {
        return profile.steadyUnit() != null || SharedBulkCalls.interval(window, cost, all, now) != null;
    }

    /** How long before the end of such a window bulk returns for what live updates left of it. */
    static Duration late(Duration window) {
        return Duration.ofMillis(Math.round(window.toMillis() * LATE));
    }

    /** When that is in this window; null if it is over, or not known. */
    @Nullable
    Instant late(RemainingInWindow window, Instant now) {
        Instant late = late(window);
        return late != null && late.isAfter(now) ? late : null;
    }

    /** Whether this window is so near to its end that those that leave the reserve return for what is left of it. */
    boolean isNearlyOver(RemainingInWindow window, Instant now) {
        Instant late = late(window);
        return late != null && !late.isAfter(now);
    }

    private @Nullable Instant late(RemainingInWindow window) {
        Instant reset = window.reset();
        Duration length = profile.window();
        return part == 0 || reset == null || length == null ? null : reset.minus(late(length));
    }
}
