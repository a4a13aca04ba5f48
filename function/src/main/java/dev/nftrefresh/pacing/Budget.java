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
    long credit(Window window, Lane lane, Instant now) {
        Duration each = profile.steadyUnit();
        Long limit = profile.limit();
        long refilled = each == null
                ? 0
                : Math.max(0, Duration.between(window.told(), now).dividedBy(each));
        long remaining = window.remaining() + refilled;
        long spent = unit.tokensCount() ? underWay.tokens() : underWay.requests();
        long all = (limit == null ? remaining : Math.min(remaining, limit)) - spent;
        return lane == Lane.BULK ? all - reserve.kept(window, now) : all;
    }

    /** Of a request of so many tokens. A bucket that is smaller than a request can only be emptied. */
    long cost(int tokens) {
        if (!unit.tokensCount()) {
            return 1;
        }
        Long limit = profile.limit();
        return limit == null ? tokens : Math.min(tokens, limit);
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

    /** How many of a request's tokens may ride. */
    int affordable(Window window, Request request, Instant now) {
        long credit = credit(window, request.lane(), now);
        if (credit >= cost(request.tokens())) {
            return request.tokens();
        }
        // Only where tokens count is a cost above 1. What a window has left is lost with it, so it is used; what its
        // reserve sets free for bulk comes little by little, and is waited for.
        boolean isLost = profile.steadyUnit() == null && request.lane() == Lane.LIVE;
        return credit > 0 && isLost ? Math.toIntExact(credit) : 0;
    }

    /** When there is enough for this request again. */
    Instant opens(Window window, Request request, Instant now) {
        if (request.lane() == Lane.LIVE) {
            return opens(window, cost(request.tokens()));
        }
        if (profile.steadyUnit() != null) {
            return opens(window, cost(request.tokens()) + reserve.kept(window, now));
        }
        Instant late = window.remaining() > 0 ? reserve.late(window, now) : null;
        return late != null ? late : opens(window, cost(request.tokens()));
    }

    private Instant opens(Window window, long cost) {
        Duration each = profile.steadyUnit();
        if (each == null) {
            return window.opens();
        }
        return window.remaining() == 0
                ? window.opens().plus(each.multipliedBy(cost - 1))
                : window.told().plus(each.multipliedBy(Math.max(1, cost - window.remaining())));
    }

    /** Whether what was told no longer holds: the window is over, or the wait after its last request. */
    boolean isOver(Window window, Instant now) {
        Instant end = window.remaining() == 0 ? opens(window, cost(RequestLimits.TOKENS)) : window.reset();
        return end != null && !end.isAfter(now);
    }
}
