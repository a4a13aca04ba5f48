package dev.nftrefresh.dispatch;

import dev.nftrefresh.ratelimit.RateLimiter;
import dev.nftrefresh.ratelimit.UpdateLane;
import java.time.Duration;
import java.time.Instant;

/** What becomes of a partly filled request that must not go yet. */
final class PartialRequestTiming {
    /** What is due sooner need not go back to the queue. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** A window. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final UpdateLane lane;
    private final RateLimiter limiter;
    private final Duration batchingWindow;

    PartialRequestTiming(PassDependencies services, UpdateLane lane) {
        this.lane = lane;
        limiter = services.limiter();
        batchingWindow = services.batchingWindow();
    }

    /** When this request may go, to which nothing was promised before. */
    Duration dueTime(PlannedRequest request, Instant now, InvocationDeadline deadline) {
        return limiter.reserveSendTime(request.permitRequest(lane), now, deadline.tableCallTimeout());
    }

    /**
     * When its messages come back: one batching window before the request is due, as the event that brings them is
     * gathered for so long, and once a window, as the quota may be another by then. How often they were delivered does not
     * count: most deliveries only waited for the quota.
     */
    Duration returnDelay(Duration due) {
        Duration before = due.minus(batchingWindow);
        Duration soon = before.compareTo(LONGEST) < 0 ? before : LONGEST;
        return soon.compareTo(SHORTEST) > 0 ? soon : SHORTEST;
    }
}
