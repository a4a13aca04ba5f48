package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Schedules when requests that find the quota used up return: in groups as large as the quota will allow. */
final class ReturnScheduler {
    /** While too few answers agree on the limit, every request returns within this time after the opening. */
    private static final Duration MAX_DELAY_WHILE_UNTRUSTED = Duration.ofMinutes(15);
    /**
     * A request whose turn would come after its messages return gets its place when they do. With a place now, it would
     * be in the queue twice, and the first place would be wasted. The margin covers the queue's visibility timeout,
     * which counts towards the 12 hours too.
     */
    private static final Duration MARGIN = Duration.ofMinutes(30);

    private final QuotaProfile profile;
    private final LaneRefillSchedules schedules;
    /** Live updates do not wait behind bulk ones. */
    private final Map<UpdateLane, ReturnQueue> queues = new EnumMap<>(UpdateLane.class);
    /** Bulk whose calls include live updates. */
    private final ReturnQueue sharedQueue;

    ReturnScheduler(QuotaProfile profile, LaneRefillSchedules schedules, ItemFields fields) {
        this.profile = profile;
        this.schedules = schedules;
        queues.put(UpdateLane.LIVE, new ReturnQueue("line", fields));
        queues.put(UpdateLane.BULK, new ReturnQueue("bulk_line", fields));
        sharedQueue = new ReturnQueue("shared_line", fields);
    }

    void writeTo(ItemFields fields) {
        queues.values().forEach(queue -> queue.writeTo(fields));
        sharedQueue.writeTo(fields);
    }

    private ReturnQueue queue(UpdateLane lane) {
        return Objects.requireNonNull(queues.get(lane));
    }

    /** The next opening, if full requests of its lane and collection are scheduled to return; else null. */
    @Nullable
    Instant next(PermitRequest request, Instant now) {
        ReturnQueue queue = queue(request.lane());
        Instant next = queue.nextReturn(schedules.of(request.lane(), now, now), now);
        return next != null && queue.contains(request.collection(), now) ? next : null;
    }

    boolean isBulkQueued(Instant now) {
        return queue(UpdateLane.BULK).next(schedules.of(UpdateLane.BULK, now, now), now) != null;
    }

    /** Whether full live requests are scheduled to return. */
    boolean areFullRequestsQueued(Instant now) {
        return queue(UpdateLane.LIVE).containsFullRequests(now);
    }

    /** The API reported when its window opens, which is more certain than the estimate so far. */
    void opensAt(UpdateLane lane, Instant reported, Instant now) {
        Duration window = profile.window();
        if (profile.steadyUnit() != null || window == null) {
            return;
        }
        RefillSchedule schedule = schedules.of(lane, reported, now);
        ReturnQueue queue = queue(lane);
        Instant next = queue.next(schedule, now);
        Instant passed = queue.passed(schedule.portionIndex());
        if (passed != null && isSameOpening(passed, reported, window)) {
            queue.opensLater(reported);
        } else if (next != null && isSameOpening(next, reported, window)) {
            queue.opensAt(reported, schedule.portionIndex());
        }
    }

    private static boolean isSameOpening(Instant expected, Instant reported, Duration window) {
        return Duration.between(expected, reported).abs().multipliedBy(2).compareTo(window) < 0;
    }

    /** Schedules a request's return; {@code opens} is when the quota has something for this lane again. */
    Instant schedule(PermitRequest request, Instant opens, Instant now) {
        ReturnQueue queue = queue(request.lane());
        RefillSchedule schedule = schedules.of(request.lane(), opens, now);
        Instant next = queue.nextReturn(schedule, now);
        if (!request.isFull() && next != null) {
            return next;
        }
        double part = request.isFull() ? 1 : (double) request.tokens() / RefreshRequestLimits.TOKENS;
        Instant back = now.plus(request.maximumHiddenTime());
        Instant unplaced =
                profile.isTrusted() ? back : WaitDurations.earlier(opens.plus(MAX_DELAY_WHILE_UNTRUSTED), back);
        Instant then = enqueue(queue, part, schedule, unplaced, request, now);
        if (request.isFull() && !request.isSearch()) { // a search includes nothing else
            queue.recordCollection(request.collection(), then);
        }
        return then;
    }

    /**
     * Schedules the return of bulk whose calls include live updates and follow each other at this interval from then
     * on.
     */
    Instant scheduleShared(PermitRequest request, Duration interval, Instant from, Instant now) {
        return enqueue(
                sharedQueue, 1, schedules.shared(interval, from), now.plus(request.maximumHiddenTime()), request, now);
    }

    /** A place no later than the request's messages return; {@code unplaced} is when they return without one. */
    private static Instant enqueue(
            ReturnQueue queue,
            double part,
            RefillSchedule schedule,
            Instant unplaced,
            PermitRequest request,
            Instant now) {
        Instant joined = queue.enqueue(part, schedule, WaitDurations.earlier(unplaced, lastPlace(request, now)), now);
        return joined != null ? joined : unplaced;
    }

    private static Instant lastPlace(PermitRequest request, Instant now) {
        Duration hidden = request.maximumHiddenTime();
        return now.plus(hidden.compareTo(MARGIN) > 0 ? hidden.minus(MARGIN) : hidden);
    }
}
