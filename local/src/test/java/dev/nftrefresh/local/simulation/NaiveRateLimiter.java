package dev.nftrefresh.local.simulation;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.ratelimit.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Everything goes as soon as its event comes; what a 429 refuses returns by its retry-after, together with what has not
 * gone yet of that event.
 */
final class NaiveRateLimiter implements RateLimiter {
    /** Where a 429 names no wait. */
    private static final Duration WITHOUT_ADVICE = Duration.ofSeconds(2);
    /** Beyond any wait that a pass would wait out: it returns its messages instead. */
    private static final Duration RETURN = Duration.ofHours(1);

    private long granted;
    private int failures;
    private Duration retryAfter = Duration.ZERO;
    private Instant throttledAt = Instant.MIN;

    @Override
    public PermitDecision tryAcquire(PermitRequest request, Instant now, Duration timeout) {
        // The pass asks again for a request that was throttled, at once; an event that comes later knows nothing of it.
        return now.equals(throttledAt)
                ? new Denied(RETURN, DenialReason.CLOSED)
                : new Granted(new Permit(++granted, now, request.tokens()), request.tokens());
    }

    @Override
    public int recordOutcome(Permit permit, RefreshOutcome outcome, Instant now, Duration timeout) {
        if (outcome instanceof RefreshOutcome.Throttled throttled) {
            Duration asked = throttled.quota().retryAfter();
            retryAfter = asked == null ? WITHOUT_ADVICE : asked;
            throttledAt = now;
        }
        failures = outcome instanceof RefreshOutcome.Accepted ? 0 : failures + 1;
        return failures;
    }

    @Override
    public void releaseUnused(Permit permit, Instant now, Duration timeout) {
        // Nothing was counted.
    }

    @Override
    public Duration reserveSendTime(PermitRequest request, Instant now, Duration timeout) {
        return Duration.ZERO;
    }

    @Override
    public ApiHealth health(Instant now, Duration timeout) {
        return new ApiHealth(0, null, null);
    }

    @Override
    public List<Duration> scheduleReturns(List<PermitRequest> requests, Instant now, Duration timeout) {
        return requests.stream().map(_ -> retryAfter).toList();
    }
}
