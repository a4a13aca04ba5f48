package dev.nftrefresh.dispatch;

import dev.nftrefresh.ratelimit.RateLimiter;
import dev.nftrefresh.ratelimit.UpdateLane;
import java.time.Duration;
import java.time.Instant;

/** When a partly filled request that must not be sent yet may be sent, and when its messages return. */
final class PartialRequestTiming {
    /** A request that is due sooner need not return to the queue. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The length of a quota window. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final UpdateLane lane;
    private final RateLimiter limiter;
    private final Duration batchingWindow;

    PartialRequestTiming(PassDependencies services, UpdateLane lane) {
        this.lane = lane;
        limiter = services.limiter();
        batchingWindow = services.batchingWindow();
    }

    /** When this request, which has no reserved time yet, may be sent. */
    Duration dueTime(PlannedRequest request, Instant now, InvocationDeadline deadline) {
        return limiter.reserveSendTime(request.permitRequest(lane), now, deadline.tableCallTimeout());
    }

    /**
     * When its messages return: one batching window before the request is due, as Lambda gathers their event for that
     * long, and at least once a quota window, as the quota may have changed by then. The number of deliveries does not
     * matter: most deliveries only waited for the quota.
     */
    Duration returnDelay(Duration due) {
        Duration before = due.minus(batchingWindow);
        Duration soon = before.compareTo(LONGEST) < 0 ? before : LONGEST;
        return soon.compareTo(SHORTEST) > 0 ? soon : SHORTEST;
    }
}
