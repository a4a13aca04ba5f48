package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.ratelimit.QuotaAllowance.RemainingInWindow;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import java.time.Duration;
import java.time.Instant;

/** What requests cost of the quota, and how much of it is there for them. */
final class QuotaBudget {
    /** As many an hour as one in 6 s. */
    private static final long PARTLY_FILLED = 600;

    private final QuotaProfile profile;
    private final QuotaUnitDetector unitDetector;
    private final InFlightPermits inFlight;
    private final LiveReserve reserve;

    QuotaBudget(QuotaProfile profile, QuotaUnitDetector unitDetector, InFlightPermits inFlight, LiveReserve reserve) {
        this.profile = profile;
        this.unitDetector = unitDetector;
        this.inFlight = inFlight;
        this.reserve = reserve;
    }

    /** What is left for this lane, and was not spent by what is under way. */
    long credit(RemainingInWindow window, PermitRequest request, Instant now) {
        Long limit = profile.limit();
        long remaining = window.remaining() + refilled(window, now);
        long spent = unitDetector.tokensCount() ? inFlight.tokens() : inFlight.requests();
        long all = (limit == null ? remaining : Math.min(remaining, limit)) - spent;
        return request.lane() == UpdateLane.BULK
                ? all - reserve.kept(window, all, request.collection(), cost(request.tokens()), now)
                : all;
    }

    /** What came back since then, under a steady refill. */
    private long refilled(RemainingInWindow window, Instant now) {
        Duration each = profile.steadyUnit();
        if (each == null) {
            return 0;
        }
        if (window.remaining() > 0) {
            return WaitDurations.until(now, window.learnedAt()).dividedBy(each);
        }
        // Of an empty bucket the answer told when the next unit is there.
        return now.isBefore(window.opens())
                ? 0
                : 1 + WaitDurations.until(now, window.opens()).dividedBy(each);
    }

    /** Of a request of so many tokens. */
    long cost(int tokens) {
        return unitDetector.cost(tokens, profile.limit());
    }

    /**
     * What a partly filled request of so many tokens counts for when what remains is spent evenly. Where tokens count it
     * wastes little, but it still takes the pace and the time of a full one; so it counts for more than it costs, but not
     * so much that fewer than {@value #PARTLY_FILLED} go in a window.
     */
    long costOfPartlyFilled(int tokens) {
        Long limit = profile.limit();
        return unitDetector.tokensCount() && limit != null
                ? Math.clamp(limit / PARTLY_FILLED, tokens, RefreshRequestLimits.TOKENS)
                : cost(tokens);
    }

    /**
     * How many tokens may ride with a request.
     *
     * @param kept units that somebody else was promised
     */
    int affordable(RemainingInWindow window, PermitRequest request, long kept, Instant now) {
        long credit = credit(window, request, now) - kept;
        if (credit >= cost(request.tokens())) {
            int most = mostTokens(request);
            return unitDetector.tokensCount() ? Math.clamp(credit, request.tokens(), most) : most;
        }
        // Only where tokens count is a cost above 1. What a window has left is lost with it, so it is used; what its
        // reserve sets free for bulk comes little by little, and is waited for.
        boolean isLost = profile.steadyUnit() == null && request.lane() == UpdateLane.LIVE;
        return credit > 0 && isLost ? Math.toIntExact(credit) : 0;
    }

    /** Others may ride along with a partly filled request. */
    static int mostTokens(PermitRequest request) {
        return request.isFull() ? request.tokens() : Math.max(request.tokens(), RefreshRequestLimits.TOKENS);
    }

    /** When there is enough for this request again, or when what is known holds no longer. */
    Instant opens(RemainingInWindow window, PermitRequest request, Instant now) {
        Instant end = end(window);
        boolean isBulk = request.lane() == UpdateLane.BULK;
        Duration each = profile.steadyUnit();
        if (each != null) {
            long cost = cost(request.tokens());
            long kept = isBulk ? reserve.kept(window, window.remaining(), request.collection(), cost, now) : 0;
            return WaitDurations.earlier(refilledTo(window, cost + kept, each), end);
        }
        Instant late = isBulk && window.remaining() > 0 ? reserve.late(window, now) : null;
        return late != null ? WaitDurations.earlier(late, end) : end;
    }

    private static Instant refilledTo(RemainingInWindow window, long units, Duration each) {
        return window.remaining() == 0
                ? window.opens().plus(each.multipliedBy(Math.max(0, units - 1)))
                : window.learnedAt().plus(each.multipliedBy(Math.max(1, units - window.remaining())));
    }

    /** When what was told holds no longer: the window is over, the wait after its last request, or the refill. */
    private Instant end(RemainingInWindow window) {
        Instant reset = window.reset();
        return profile.steadyUnit() != null && window.remaining() == 0 && reset != null
                ? WaitDurations.later(window.opens(), reset)
                : window.end();
    }

    /** Whether what was told no longer holds. */
    boolean isOver(RemainingInWindow window, Instant now) {
        return !end(window).isAfter(now) || window.isNonsense(now);
    }
}
