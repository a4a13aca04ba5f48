package dev.nftrefresh.pacing;

import dev.nftrefresh.api.RequestLimits;
import dev.nftrefresh.pacing.Allowance.Window;
import dev.nftrefresh.pacing.RefreshGate.Request;
import java.time.Duration;
import java.time.Instant;

/** What requests cost of the quota, and how much of it is there for them. */
final class Budget {
    /** As many an hour as one in 6 s. */
    private static final long PARTLY_FILLED = 600;

    private final QuotaProfile profile;
    private final UnitSense unit;
    private final UnderWay underWay;
    private final Reserve reserve;

    Budget(QuotaProfile profile, UnitSense unit, UnderWay underWay, Reserve reserve) {
        this.profile = profile;
        this.unit = unit;
        this.underWay = underWay;
        this.reserve = reserve;
    }

    /** What is left for this lane, and was not spent by what is under way. */
    long credit(Window window, Request request, Instant now) {
        Long limit = profile.limit();
        long remaining = window.remaining() + refilled(window, now);
        long spent = unit.tokensCount() ? underWay.tokens() : underWay.requests();
        long all = (limit == null ? remaining : Math.min(remaining, limit)) - spent;
        return request.lane() == Lane.BULK
                ? all - reserve.kept(window, all, request.collection(), cost(request.tokens()), now)
                : all;
    }

    /** What came back since then, under a steady refill. */
    private long refilled(Window window, Instant now) {
        Duration each = profile.steadyUnit();
        if (each == null) {
            return 0;
        }
        if (window.remaining() > 0) {
            return TimeLeft.until(now, window.told()).dividedBy(each);
        }
        // Of an empty bucket the answer told when the next unit is there.
        return now.isBefore(window.opens())
                ? 0
                : 1 + TimeLeft.until(now, window.opens()).dividedBy(each);
    }

    /** Of a request of so many tokens. */
    long cost(int tokens) {
        return unit.cost(tokens, profile.limit());
    }

    /**
     * What a partly filled request of so many tokens counts for when what remains is spent evenly. Where tokens count it
     * wastes little, but it still takes the pace and the time of a full one; so it counts for more than it costs, but not
     * so much that fewer than {@value #PARTLY_FILLED} go in a window.
     */
    long costOfPartlyFilled(int tokens) {
        Long limit = profile.limit();
        return unit.tokensCount() && limit != null
                ? Math.clamp(limit / PARTLY_FILLED, tokens, RequestLimits.TOKENS)
                : cost(tokens);
    }

    /**
     * How many tokens may ride with a request.
     *
     * @param kept units that somebody else was promised
     */
    int affordable(Window window, Request request, long kept, Instant now) {
        long credit = credit(window, request, now) - kept;
        if (credit >= cost(request.tokens())) {
            int most = mostTokens(request);
            return unit.tokensCount() ? Math.clamp(credit, request.tokens(), most) : most;
        }
        // Only where tokens count is a cost above 1. What a window has left is lost with it, so it is used; what its
        // reserve sets free for bulk comes little by little, and is waited for.
        boolean isLost = profile.steadyUnit() == null && request.lane() == Lane.LIVE;
        return credit > 0 && isLost ? Math.toIntExact(credit) : 0;
    }

    /** Others may ride along with a partly filled request. */
    static int mostTokens(Request request) {
        return request.isFull() ? request.tokens() : Math.max(request.tokens(), RequestLimits.TOKENS);
    }

    /** When there is enough for this request again, or when what is known holds no longer. */
    Instant opens(Window window, Request request, Instant now) {
        Instant end = end(window);
        boolean isBulk = request.lane() == Lane.BULK;
        Duration each = profile.steadyUnit();
        if (each != null) {
            long cost = cost(request.tokens());
            long kept = isBulk ? reserve.kept(window, window.remaining(), request.collection(), cost, now) : 0;
            return TimeLeft.earlier(refilledTo(window, cost + kept, each), end);
        }
        Instant late = isBulk && window.remaining() > 0 ? reserve.late(window, now) : null;
        return late != null ? TimeLeft.earlier(late, end) : end;
    }

    private static Instant refilledTo(Window window, long units, Duration each) {
        return window.remaining() == 0
                ? window.opens().plus(each.multipliedBy(Math.max(0, units - 1)))
                : window.told().plus(each.multipliedBy(Math.max(1, units - window.remaining())));
    }

    /** When what was told holds no longer: the window is over, the wait after its last request, or the refill. */
    private Instant end(Window window) {
        Instant reset = window.reset();
        return profile.steadyUnit() != null && window.remaining() == 0 && reset != null
                ? TimeLeft.later(window.opens(), reset)
                : window.end();
    }

    /** Whether what was told no longer holds. */
    boolean isOver(Window window, Instant now) {
        return !end(window).isAfter(now) || window.isNonsense(now);
    }
}
