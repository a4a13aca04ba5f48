package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.ratelimit.QuotaAllowance.RemainingInWindow;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import java.time.Duration;
import java.time.Instant;

/** What requests cost in units of the quota, and how many units are available to them. */
final class QuotaBudget {
    /** One in 6 s, an hour long. */
    private static final long PARTLY_FILLED = 600;

    private final QuotaProfile profile;
    private final QuotaUnitDetector unitDetector;
    private final ThrottledRequestSize requestSize;
    private final InFlightPermits inFlight;
    private final LiveReserve reserve;

    QuotaBudget(
            QuotaProfile profile,
            QuotaUnitDetector unitDetector,
            ThrottledRequestSize requestSize,
            InFlightPermits inFlight,
            LiveReserve reserve) {
        this.profile = profile;
        this.unitDetector = unitDetector;
        this.requestSize = requestSize;
        this.inFlight = inFlight;
        this.reserve = reserve;
    }

    /** What is left for this lane, minus what the requests in flight cost. */
    long credit(RemainingInWindow window, PermitRequest request, Instant now) {
        Long limit = profile.limit();
        long remaining = window.remaining() + refilled(window, now);
        long spent = unitDetector.tokensCount() ? inFlight.tokens() : inFlight.requests();
        long all = (limit == null ? remaining : Math.min(remaining, limit)) - spent;
        return all - reserve.kept(window, all, request, cost(request.tokens()), now);
    }

    /** What has refilled since then, under a steady refill. */
    private long refilled(RemainingInWindow window, Instant now) {
        Duration each = profile.steadyUnit();
        if (each == null) {
            return 0;
        }
        if (window.remaining() > 0) {
            return WaitDurations.until(now, window.learnedAt()).dividedBy(each);
        }
        // For an empty bucket the answer said when the next unit is there.
        return now.isBefore(window.opens())
                ? 0
                : 1 + WaitDurations.until(now, window.opens()).dividedBy(each);
    }

    /** What a request of so many tokens costs. */
    long cost(int tokens) {
        return unitDetector.cost(tokens, profile.limit());
    }

    /**
     * What a partly filled request of so many tokens counts for when what remains is spent evenly. Where tokens count
     * it wastes little, but it still takes as long and as much of the pace as a full one. So it counts for more than it
     * costs, but not so much that fewer than {@value #PARTLY_FILLED} are sent in a window.
     */
    long costOfPartlyFilled(int tokens) {
        Long limit = profile.limit();
        return unitDetector.tokensCount() && limit != null
                ? Math.clamp(limit / PARTLY_FILLED, tokens, RefreshRequestLimits.TOKENS)
                : cost(tokens);
    }

    /**
     * How many tokens a request may have.
     *
     * @param kept units that are reserved for other requests
     */
    int affordable(RemainingInWindow window, PermitRequest request, long kept, Instant now) {
        long credit = credit(window, request, now) - kept;
        if (credit >= cost(request.tokens())) {
            int most = mostTokens(request);
            return unitDetector.tokensCount() ? Math.clamp(credit, Math.min(request.tokens(), most), most) : most;
        }
        // A cost above 1 occurs only where tokens count. A window's remainder is lost at its end, so it is used; what
        // the reserve frees comes little by little, so those that leave it wait for it until shortly before that.
        boolean isLost =
                profile.steadyUnit() == null && (!leavesReserve(request, now) || reserve.isNearlyOver(window, now));
        return credit > 0 && isLost ? Math.toIntExact(credit) : 0;
    }

    /**
     * The most tokens that it may have: a partly filled request may include others. Where tokens count, the API never
     * accepts more of them in one request than a whole window has; and where it tells no limit, tokens may count.
     */
    int mostTokens(PermitRequest request) {
        int most = request.isFull() ? request.tokens() : Math.max(request.tokens(), RefreshRequestLimits.TOKENS);
        Long limit = profile.limit();
        if (limit == null) {
            return Math.min(most, requestSize.tokens());
        }
        return unitDetector.tokensCount() ? Math.clamp(limit, 1, most) : most;
    }

    /** When there is enough for this request again, or when what is known is no longer valid. */
    Instant opens(RemainingInWindow window, PermitRequest request, Instant now) {
        Instant end = end(window);
        Duration each = profile.steadyUnit();
        if (each != null) {
            long cost = cost(request.tokens());
            long kept = reserve.kept(window, window.remaining(), request, cost, now);
            return WaitDurations.earlier(refilledTo(window, cost + kept, each), end);
        }
        Instant late = leavesReserve(request, now) && window.remaining() > 0 ? reserve.late(window, now) : null;
        return late != null ? WaitDurations.earlier(late, end) : end;
    }

    private boolean leavesReserve(PermitRequest request, Instant now) {
        return reserve.isLeftBy(request.lane(), request.isFull(), now);
    }

    private static Instant refilledTo(RemainingInWindow window, long units, Duration each) {
        return window.remaining() == 0
                ? window.opens().plus(each.multipliedBy(Math.max(0, units - 1)))
                : window.learnedAt().plus(each.multipliedBy(Math.max(1, units - window.remaining())));
    }

    /**
     * When the report is no longer valid: at the end of the window, of the wait after its last request, or of the
     * refill.
     */
    private Instant end(RemainingInWindow window) {
        Instant reset = window.reset();
        return profile.steadyUnit() != null && window.remaining() == 0 && reset != null
                ? WaitDurations.later(window.opens(), reset)
                : window.end();
    }

    /** Whether the report is no longer valid. */
    boolean isOver(RemainingInWindow window, Instant now) {
        return !end(window).isAfter(now) || window.isImplausible(now);
    }
}
