package dev.nftrefresh.pacing;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.api.Quota;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.pacing.Allowance.Unbounded;
import dev.nftrefresh.pacing.Allowance.Untold;
import dev.nftrefresh.pacing.Allowance.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A gate that knows what the answers in this process told. It closes itself when nothing remains, before a 429 says so;
 * and while nothing is known it lets one request find out before the others follow.
 */
public final class MemoryGate implements RefreshGate {
    /** An answer takes about that long, so asking more often would only cost CPU. */
    private static final NotBefore WHEN_ANSWERED = new NotBefore(Duration.ofMillis(50), Why.PACED);

    private final Pace pace;
    private final UnderWay underWay = new UnderWay();
    private final Throttling throttling = new Throttling();
    private Allowance allowance = new Untold();
    private long lastGranted;
    /** What was granted up to here is too old to raise what is known. */
    private long learnedFrom;

    /**
     * A gate that has heard nothing yet.
     *
     * @param maxRequestsPerSecond how many requests may go in any second, above 0, decimals allowed
     */
    public MemoryGate(double maxRequestsPerSecond) {
        pace = new Pace(maxRequestsPerSecond);
    }

    @Override
    public synchronized Answer ask(Instant now) {
        forgetWhatIsOver(now);
        Instant closedUntil = throttling.closedUntil();
        if (closedUntil != null) {
            return closed(now, closedUntil);
        }
        int unanswered = underWay.count(now);
        NotBefore refusal =
                switch (allowance) {
                    case Untold _ -> unanswered == 0 ? null : WHEN_ANSWERED;
                    case Unbounded _ -> null;
                    case Window window -> refusal(window, unanswered, now);
                };
        return refusal != null ? refusal : atPace(now);
    }

    @Override
    public synchronized void unused(Permit permit) {
        underWay.ended(permit);
    }

    @Override
    public synchronized void answered(Permit permit, RefreshOutcome outcome, Instant now) {
        forgetWhatIsOver(now);
        underWay.ended(permit);
        switch (outcome) {
            case RefreshOutcome.Accepted(Quota quota) -> accepted(permit, quota, now);
            case RefreshOutcome.Throttled throttled ->
                throttling.throttled(permit, lastGranted, throttled.quota(), now);
            case RefreshOutcome.Refused(ApiError error) -> passed(permit, error);
            case RefreshOutcome.KeyRefused(ApiError error) -> passed(permit, error);
            case RefreshOutcome.Forbidden(ApiError error) -> passed(permit, error);
            case RefreshOutcome.CollectionNotFound(ApiError error) -> passed(permit, error);
            case RefreshOutcome.Failed(ApiError error) -> passed(permit, error);
            case RefreshOutcome.Unknown _ -> {}
        }
    }

    private void forgetWhatIsOver(Instant now) {
        Instant closedUntil = throttling.closedUntil();
        boolean opened = closedUntil != null && !closedUntil.isAfter(now);
        if (opened) {
            throttling.opened();
        }
        if (opened || (allowance instanceof Window window && window.isOver(now))) {
            allowance = new Untold();
            learnedFrom = lastGranted;
        }
    }

    private static @Nullable NotBefore refusal(Window window, int unanswered, Instant now) {
        if (window.remaining() > unanswered) {
            return null;
        }
        // Answers under way may tell that more remains; without any, nothing changes until the window opens.
        return unanswered > 0 ? WHEN_ANSWERED : closed(now, window.opens());
    }

    private static NotBefore closed(Instant now, Instant until) {
        Duration left = Duration.between(now, until);
        return new NotBefore(left.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS), Why.CLOSED);
    }

    private Answer atPace(Instant now) {
        Duration left = pace.left(now);
        if (left.isPositive()) {
            return new NotBefore(left, Why.PACED);
        }
        pace.went(now);
        var permit = new Permit(++lastGranted, now);
        underWay.started(permit);
        return new Granted(permit);
    }

    private void accepted(Permit permit, Quota quota, Instant now) {
        throttling.accepted(permit);
        Allowance told = told(quota, now);
        if (permit.number() > learnedFrom) {
            allowance = told;
            learnedFrom = permit.number();
        } else if (told instanceof Window older
                && allowance instanceof Window newer
                && older.remaining() < newer.remaining()
                && !QuotaSense.isOfThePast(quota, now)) {
            allowance = new Window(older.remaining(), newer.reset(), older.opens());
        }
    }

    private static Allowance told(Quota quota, Instant now) {
        Long remaining = QuotaSense.remaining(quota);
        if (remaining == null) {
            return new Unbounded();
        }
        Duration wait = QuotaSense.retryAfter(quota);
        Instant reset = QuotaSense.reset(quota, now);
        Instant opens = wait != null ? now.plus(wait) : reset != null ? reset : now.plus(Throttling.SHORTEST);
        return new Window(remaining, reset, opens);
    }

    /** A client error is an answer from behind the limiter, so requests pass it; how many remain it does not tell. */
    private void passed(Permit permit, ApiError error) {
        boolean fromBehindTheLimiter = error.status() >= 400 && error.status() < 500;
        if (fromBehindTheLimiter && allowance instanceof Untold && permit.number() > learnedFrom) {
            allowance = new Unbounded();
        }
    }
}
