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
    private final Learned learned = new Learned();
    private long lastGranted;

    /**
     * A gate that has heard nothing yet.
     *
     * @param maxRequestsPerSecond how many requests may go in any second, above 0, decimals allowed
     */
    public MemoryGate(double maxRequestsPerSecond) {
        pace = new Pace(maxRequestsPerSecond);
    }

    @Override
    public synchronized Answer ask(RequestSize size, Instant now) {
        forgetWhatIsOver(now);
        Instant closedUntil = throttling.closedUntil();
        if (closedUntil != null) {
            return closed(now, closedUntil);
        }
        int unanswered = underWay.count(now);
        NotBefore refusal =
                switch (learned.allowance()) {
                    case Untold _ -> unanswered == 0 ? null : WHEN_ANSWERED;
                    case Unbounded _ -> null;
                    case Window window -> refusal(window, unanswered, now);
                };
        return refusal != null ? refusal : atPace(size, now);
    }

    @Override
    public synchronized Duration appointment(RequestSize size, Instant now) {
        Instant closedUntil = throttling.closedUntil();
        if (closedUntil == null && learned.allowance() instanceof Window(long _, Instant _, Instant opens)) {
            closedUntil = opens;
        }
        return closedUntil == null || closedUntil.isBefore(now) ? Duration.ZERO : Duration.between(now, closedUntil);
    }

    @Override
    public synchronized void unused(Permit permit) {
        underWay.ended(permit);
    }

    @Override
    public synchronized void answered(Permit permit, RefreshOutcome outcome, Instant now) {
        forgetWhatIsOver(now);
        boolean wasUnderWay = underWay.ended(permit);
        switch (outcome) {
            case RefreshOutcome.Accepted(Quota quota) -> {
                throttling.accepted(permit);
                learned.accepted(permit, lastGranted, quota, now);
            }
            case RefreshOutcome.Throttled throttled ->
                throttling.throttled(permit, lastGranted, throttled.quota(), now);
            case RefreshOutcome.Refused _,
                    RefreshOutcome.KeyRefused _,
                    RefreshOutcome.Forbidden _,
                    RefreshOutcome.CollectionNotFound _,
                    RefreshOutcome.Failed _,
                    RefreshOutcome.Unknown _ -> {
                if (wasUnderWay) {
                    learned.mayHaveCounted();
                }
                if (cameFromBehindTheLimiter(outcome)) {
                    learned.passed(permit);
                }
            }
        }
    }

    /**
     * A client error does, so requests pass that; a server's error may come from before it. A refused key is to be found
     * out by one request a pass, not by all of them.
     */
    private static boolean cameFromBehindTheLimiter(RefreshOutcome outcome) {
        return switch (outcome) {
            case RefreshOutcome.Failed(ApiError error) -> error.status() >= 400 && error.status() < 500;
            case RefreshOutcome.KeyRefused _, RefreshOutcome.Unknown _ -> false;
            default -> true;
        };
    }

    private void forgetWhatIsOver(Instant now) {
        Instant closedUntil = throttling.closedUntil();
        boolean opened = closedUntil != null && !closedUntil.isAfter(now);
        if (opened) {
            throttling.opened();
        }
        if (opened || (learned.allowance() instanceof Window window && window.isOver(now))) {
            learned.forget(lastGranted);
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

    private Answer atPace(RequestSize size, Instant now) {
        Duration left = pace.left(now);
        if (left.isPositive()) {
            return new NotBefore(left, Why.PACED);
        }
        pace.went(now);
        var permit = new Permit(++lastGranted, now, size.tokens());
        underWay.started(permit);
        return new Granted(permit, size.tokens());
    }
}
