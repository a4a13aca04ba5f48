package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ratelimit.QuotaAllowance.RemainingInWindow;
import dev.nftrefresh.ratelimit.QuotaAllowance.Unbounded;
import dev.nftrefresh.ratelimit.QuotaAllowance.Unknown;
import dev.nftrefresh.ratelimit.RateLimiter.ApiHealth;
import dev.nftrefresh.ratelimit.RateLimiter.AwaitSharedCall;
import dev.nftrefresh.ratelimit.RateLimiter.DenialReason;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.ratelimit.RateLimiter.PermitDecision;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a rate limiter knows and decides, wherever its state is stored: read from an item's fields before each step and
 * written back after it. It closes when nothing remains, before a 429 says so; and while nothing is known it lets one
 * request probe before the others follow. Not thread-safe.
 */
final class RateLimiterState {
    private static final Duration RESPONSE_TIME = Duration.ofMillis(250);
    /** A copy that waits for an answer asks again after this fraction of the time that the answer has taken so far. */
    private static final int RETRY_DIVISOR = 4;

    private static final Duration MAX_RESPONSE_WAIT = Duration.ofSeconds(1);
    /** The request for which the next unit is reserved arrives within seconds. */
    private static final Denied WAIT_FOR_RESERVED = new Denied(Duration.ofSeconds(1), DenialReason.PACED);
    /** Under a steady refill, live updates that ask now probe first. */
    private static final Denied WAIT_FOR_LIVE = new Denied(Duration.ofSeconds(1), DenialReason.PACED);

    /** How soon a bulk call that is due arrives. */
    private static final Duration BULK_ARRIVAL_TIME = Duration.ofSeconds(2);
    /** Under a steady refill, calls saved up beyond this many are sent at once. */
    private static final long SURPLUS = 20;
    /** How long live updates wait for a bulk call that is overdue: its copy may have crashed. */
    private static final Duration BULK_OVERDUE_TIME = Duration.ofSeconds(15);

    /** After so many 401s in a row the key counts as refused: where it is replaced, each copy sees one 401 at most. */
    private static final int REFUSALS_UNTIL_CLOSED = 3;

    private static final String LAST_GRANTED = "last_granted";

    private final RequestPacer pacer;
    private final InFlightPermits inFlight;
    private final LongWaitBackoff longWaits;
    private final ThrottleBackoff throttling;
    private final ThrottledRequestSize requestSize;
    private final ConsecutiveFailures failures;
    private final QuotaAllowanceTracker allowanceTracker;
    private final QuotaUnitDetector unitDetector;
    private final QuotaProfile profile;
    private final ReturnScheduler returnScheduler;
    private final PartialRequestSchedule partialRequests;
    private final LiveReserve reserve;
    private final LiveDemandTracker liveDemand;
    private final SearchQuotaShare searches;
    private final SharedBulkCalls sharedCalls;
    private final QuotaBudget budget;
    private final String copy;
    private long lastGranted;

    /**
     * The state that these fields hold; without any, nothing is known yet.
     *
     * @param copy that asks
     */
    RateLimiterState(RateLimiterSettings settings, String copy, ItemFields fields) {
        this.copy = Integer.toHexString(copy.hashCode());
        pacer = new RequestPacer(settings.maxRequestsPerSecond(), fields);
        inFlight = new InFlightPermits(fields);
        longWaits = new LongWaitBackoff(fields);
        throttling = new ThrottleBackoff(longWaits, fields);
        requestSize = new ThrottledRequestSize(fields);
        failures = new ConsecutiveFailures(fields);
        allowanceTracker = new QuotaAllowanceTracker(longWaits, fields);
        unitDetector = new QuotaUnitDetector(settings.quotaUnit(), fields);
        profile = new QuotaProfile(fields);
        liveDemand = new LiveDemandTracker(fields);
        sharedCalls = new SharedBulkCalls(settings.sharesCalls(), profile, unitDetector, fields);
        reserve = new LiveReserve(settings.liveReservePercent(), profile, liveDemand, sharedCalls);
        returnScheduler =
                new ReturnScheduler(profile, new LaneRefillSchedules(profile, unitDetector, pacer, reserve), fields);
        partialRequests = new PartialRequestSchedule(fields);
        searches = new SearchQuotaShare(fields);
        budget = new QuotaBudget(profile, unitDetector, requestSize, inFlight, reserve);
        lastGranted = fields.number(LAST_GRANTED, 0);
    }

    ItemFields fields() {
        var fields = new ItemFields();
        fields.put(LAST_GRANTED, lastGranted);
        pacer.writeTo(fields);
        inFlight.writeTo(fields);
        longWaits.writeTo(fields);
        throttling.writeTo(fields);
        requestSize.writeTo(fields);
        failures.writeTo(fields);
        allowanceTracker.writeTo(fields);
        unitDetector.writeTo(fields);
        profile.writeTo(fields);
        returnScheduler.writeTo(fields);
        partialRequests.writeTo(fields);
        liveDemand.writeTo(fields);
        searches.writeTo(fields);
        sharedCalls.writeTo(fields);
        return fields;
    }

    PermitDecision tryAcquire(PermitRequest request, Instant now) {
        expire(now);
        recordDemand(request, now);
        Instant closedUntil = throttling.closedUntil();
        if (closedUntil != null) {
            return closed(now, closedUntil);
        }
        Denied heldBack = denial(request, now);
        if (heldBack != null) {
            return heldBack;
        }
        return switch (allowanceTracker.allowance()) {
            case Unknown _ -> tryProbe(request, now);
            case Unbounded _ -> atPace(request, budget.mostTokens(request), now);
            case RemainingInWindow window -> tryWithin(window, request, now);
        };
    }

    private void recordDemand(PermitRequest request, Instant now) {
        if (request.lane() == UpdateLane.LIVE) {
            boolean isSeparate = !request.isFull() && !isIncludedByOthers(request, now);
            liveDemand.recordDemand(request, isSeparate, now);
        }
        searches.recordDemand(request, now, now);
        sharedCalls.recordDemand(request, now);
    }

    private PermitDecision tryProbe(PermitRequest request, Instant now) {
        if (inFlight.requests() > 0) {
            return afterResponse(now);
        }
        boolean isAfterLive = request.lane() == UpdateLane.BULK
                && !sharedCalls.isShared(request.collection(), now)
                && profile.steadyUnit() != null
                && liveDemand.isCurrent(now);
        return isAfterLive ? WAIT_FOR_LIVE : atPace(request, budget.mostTokens(request), now);
    }

    private PermitDecision tryWithin(RemainingInWindow window, PermitRequest request, Instant now) {
        PermitDecision next = nextShared(window, request, now);
        if (next != null) {
            return next;
        }
        int allowed = budget.affordable(window, request, reservedUnits(request, now), now);
        if (allowed > 0) {
            return atPace(request, allowed, now);
        }
        if (inFlight.requests() == 0 && budget.affordable(window, request, 0, now) > 0) {
            return WAIT_FOR_RESERVED;
        }
        // Answers in flight may report that more remains; without any, nothing changes until the window opens.
        if (inFlight.requests() > 0) {
            return afterResponse(now);
        }
        Instant opens = budget.opens(window, request, now);
        Duration interval = isSharedByBulk(request, now) ? interval(window, request, now) : null;
        return interval != null && !opens.isAfter(now.plus(SharedBulkCalls.LONGEST_INTERVAL))
                ? new AwaitSharedCall(WaitDurations.inMillis(opens, now), interval, false)
                : closed(now, opens);
    }

    private boolean isSharedByBulk(PermitRequest request, Instant now) {
        return request.lane() == UpdateLane.BULK && request.isFull() && sharedCalls.isShared(request.collection(), now);
    }

    /**
     * Why this bulk request must wait although the quota may be open; null if it need not, or shares its calls with
     * nobody.
     */
    private @Nullable AwaitSharedCall nextShared(RemainingInWindow window, PermitRequest request, Instant now) {
        SharedBulkCalls.BulkCall last =
                isSharedByBulk(request, now) ? sharedCalls.lastCall(request.collection(), now) : null;
        Duration interval = last == null ? null : interval(window, request, now);
        if (last == null || interval == null || interval.isZero()) {
            return null;
        }
        boolean isMine = last.copy().equals(copy);
        Instant due = last.at().plus(interval).plus(isMine ? Duration.ZERO : BULK_ARRIVAL_TIME);
        boolean isNext = isMine || sharedCalls.isNext(request.collection(), copy, now);
        return due.isAfter(now) ? new AwaitSharedCall(WaitDurations.inMillis(due, now), interval, !isNext) : null;
    }

    /** The time between two bulk calls that use up evenly what is left; null if it is too long for live updates. */
    private @Nullable Duration interval(RemainingInWindow window, PermitRequest request, Instant now) {
        Duration steady = profile.steadyUnit();
        long cost = budget.cost(RefreshRequestLimits.TOKENS);
        long credit = budget.credit(window, request, now);
        if (steady != null) {
            return credit > SURPLUS * cost ? Duration.ZERO : steady.multipliedBy(cost);
        }
        return SharedBulkCalls.interval(window, cost, credit, now);
    }

    /**
     * When bulk's next call will include this partly filled request's updates; null if none will, or an expected call
     * did not come.
     */
    private @Nullable Instant includingCall(PermitRequest request, Instant now) {
        if (!sharedCalls.isShared(request.collection(), now)
                || !(allowanceTracker.allowance() instanceof RemainingInWindow window)) {
            return null;
        }
        SharedBulkCalls.BulkCall last = sharedCalls.lastCall(request.collection(), now);
        Duration interval = interval(window, request, now);
        if (last == null || interval == null) {
            return null;
        }
        Instant next = last.at().plus(interval);
        if (next.isAfter(now)) {
            return next;
        }
        return next.plus(BULK_OVERDUE_TIME).isAfter(now) ? now.plus(BULK_ARRIVAL_TIME) : null;
    }

    /** Waits for an answer, which arrives within a fraction of a second, or never if its copy crashed. */
    private Denied afterResponse(Instant now) {
        Duration part = inFlight.longest(now).dividedBy(RETRY_DIVISOR);
        Duration wait = part.compareTo(RESPONSE_TIME) > 0 ? part : RESPONSE_TIME;
        return new Denied(wait.compareTo(MAX_RESPONSE_WAIT) < 0 ? wait : MAX_RESPONSE_WAIT, DenialReason.PACED);
    }

    /** The units that a full request must leave to partly filled ones that have reserved them. */
    private long reservedUnits(PermitRequest request, Instant now) {
        return request.isFull() ? partialRequests.dueReservations(now) : 0;
    }

    void releaseUnused(Permit permit) {
        inFlight.remove(permit);
        partialRequests.undoSent(permit);
        if (permit.number() == lastGranted) {
            pacer.undoSent();
        }
    }

    int recordOutcome(Permit permit, RefreshOutcome outcome, Instant now) {
        expire(now);
        boolean wasUnderWay = inFlight.remove(permit);
        int failuresInARow = failures.recordOutcome(permit, lastGranted, outcome, now);
        switch (outcome) {
            case RefreshOutcome.Accepted(ReportedQuota quota) -> {
                throttling.accepted(permit, quota);
                requestSize.accepted(permit.tokens());
                pacer.recordAccepted();
                allowanceTracker.accepted(permit, lastGranted, quota, now);
                profile.learn(quota, false, now);
                unitDetector.accepted(permit.tokens(), quota, inFlight.requests(), profile.steadyUnit(), now);
            }
            case RefreshOutcome.Throttled(ReportedQuota quota, ApiErrorResponse _) -> {
                long before = throttling.inARow();
                if (throttling.throttled(permit, lastGranted, quota, now)) {
                    pacer.slowDown();
                }
                if (throttling.inARow() > before) {
                    requestSize.throttled(permit.tokens(), throttling.inARow(), throttling.lasting(now));
                }
                profile.learn(quota, true, now);
                unitDetector.throttled(permit.tokens(), quota);
            }
            case RefreshOutcome.Refused _,
                    RefreshOutcome.KeyRefused _,
                    RefreshOutcome.Forbidden _,
                    RefreshOutcome.CollectionNotFound _,
                    RefreshOutcome.Failed _,
                    RefreshOutcome.Unknown _ -> {
                unitDetector.resetComparison();
                if (wasUnderWay) {
                    allowanceTracker.mayHaveCounted(
                            permit, unitDetector.tokensCount() ? permit.tokens() : 1, profile.steadyUnit());
                }
                if (passedLimiter(outcome)) {
                    passed(permit, now);
                }
                if (isOfImmutable(outcome)) {
                    throttling.gotThrough(permit);
                }
                if (outcome instanceof RefreshOutcome.KeyRefused && failuresInARow >= REFUSALS_UNTIL_CLOSED) {
                    // Otherwise each message would try the key itself, again and again, until somebody fixes it.
                    throttling.throttled(permit, lastGranted, ReportedQuota.UNKNOWN, now);
                }
            }
        }
        return failuresInARow;
    }

    /**
     * A request passed the API's limiter, and its answer did not report how many remain. After a 429 because a quota
     * was empty that refills steadily, it used up the one unit that was there: the next one is known too. Where tokens
     * count, the wait was for all of a request's.
     */
    private void passed(Permit permit, Instant now) {
        Duration unit = profile.steadyUnit();
        Duration refill = refillTime();
        if (throttling.isEmptied() && !unitDetector.tokensCount() && unit != null && refill != null) {
            Instant opens = now.plus(unit);
            allowanceTracker.passed(permit, new RemainingInWindow(0, opens.plus(refill), opens, now));
        } else {
            allowanceTracker.passed(permit, new Unbounded());
        }
    }

    /** How long an empty bucket that refills steadily takes until it is full; null if that is not known. */
    private @Nullable Duration refillTime() {
        Duration unit = profile.steadyUnit();
        Long limit = profile.limit();
        return unit == null || limit == null
                ? null
                : unit.multipliedBy(Math.clamp(limit, 1, LongWaitBackoff.LONGEST.dividedBy(unit) + 1));
    }

    ApiHealth health() {
        return failures.health();
    }

    /** How long until this request, which may not be sent now, returns; reserves its place in the return queue. */
    Duration scheduleReturn(PermitRequest request, Instant now) {
        expire(now);
        recordDemand(request, now);
        Instant closedUntil = throttling.closedUntil();
        if (closedUntil == null
                && isSharedByBulk(request, now)
                && allowanceTracker.allowance() instanceof RemainingInWindow window) {
            Duration interval = interval(window, request, now);
            if (interval == null || interval.isPositive()) {
                // At the rate of the whole quota: the current rate will be different some minutes later.
                Instant from = interval != null ? now : budget.opens(window, request, now);
                return WaitDurations.until(
                        returnScheduler.scheduleShared(request, sharedCalls.unitTime(), from, now), now);
            }
        }
        if (closedUntil == null) {
            Denied heldBack = denial(request, now);
            if (heldBack != null) {
                return heldBack.retryIn();
            }
        }
        Instant exhaustedUntil = exhaustedUntil(request, closedUntil, now);
        if (exhaustedUntil == null) {
            return closedUntil != null ? WaitDurations.until(closedUntil, now) : paceDelay(request, now);
        }
        returnScheduler.opensAt(request.lane(), exhaustedUntil, now);
        // A request that returns before the opening returns in vain.
        Instant then = WaitDurations.later(returnScheduler.schedule(request, exhaustedUntil, now), exhaustedUntil);
        searches.recordDemand(request, then, now);
        return WaitDurations.until(then, now);
    }

    /**
     * How long until this held-back partly filled request may be sent; reserves that time if no other request will
     * include it.
     */
    Duration reserveSendTime(PermitRequest request, Instant now) {
        Duration wait = scheduleReturn(request, now);
        // Any bulk call of its own collection includes its updates: a reservation would stay unused.
        boolean isSeparate = !isIncludedByOthers(request, now) && !sharedCalls.hasBulk(request.collection(), now);
        if (throttling.closedUntil() == null && isSeparate && evenSpendingDenial(request, now) != null) {
            partialRequests.reserve(now.plus(wait));
        }
        return wait;
    }

    /** Until its turn at the pace, behind the requests that were scheduled before. */
    private Duration paceDelay(PermitRequest request, Instant now) {
        Duration left = pacer.untilNext(now);
        return left.isPositive()
                ? WaitDurations.until(returnScheduler.schedule(request, now.plus(left), now), now)
                : Duration.ZERO;
    }

    /** Until when the quota is used up; null if it is not, or only the pace is. */
    private @Nullable Instant exhaustedUntil(PermitRequest request, @Nullable Instant closedUntil, Instant now) {
        if (closedUntil != null) {
            return throttling.isExhausted() ? closedUntil : null;
        }
        if (allowanceTracker.allowance() instanceof RemainingInWindow window
                && budget.affordable(window, request, 0, now) == 0) {
            return budget.opens(window, request, now);
        }
        return null;
    }

    /** Why this request must not be sent although the quota is open; null if it may be. */
    private @Nullable Denied denial(PermitRequest request, Instant now) {
        Duration share = searches.wait(request, budget.cost(request.tokens()), profile.unitTime(), now);
        return share.isPositive() ? new Denied(share, DenialReason.SEARCH_SHARE) : evenSpendingDenial(request, now);
    }

    private @Nullable Denied evenSpendingDenial(PermitRequest request, Instant now) {
        if (request.isFull()) {
            return null;
        }
        Instant includingCall = request.waitsForOthers() ? includingCall(request, now) : null;
        Instant opening = request.waitsForOthers() && includingCall == null ? returnScheduler.next(request, now) : null;
        Instant reservedSendTime = request.reservedSendTime() == null
                ? null
                : request.reservedSendTime().plus(lateness(includingCall, opening));
        if (reservedSendTime != null && !reservedSendTime.isAfter(now)) {
            return null;
        }
        Instant due = includingCall != null ? includingCall : opening != null ? opening : sendTime(request, now);
        if (due == null || !due.isAfter(now)) {
            return null;
        }
        Instant until = reservedSendTime == null ? due : WaitDurations.earlier(reservedSendTime, due);
        return new Denied(
                WaitDurations.inMillis(until, now),
                includingCall != null ? DenialReason.INCLUDED_BY_BULK : DenialReason.PARTLY_FILLED);
    }

    /**
     * How much longer than reserved a request waits for another to include it: bulk's next call, or returning full
     * ones.
     */
    private static Duration lateness(@Nullable Instant includingCall, @Nullable Instant opening) {
        return includingCall != null ? BULK_OVERDUE_TIME : opening != null ? LongWaitBackoff.CREDIBLE : Duration.ZERO;
    }

    private boolean isIncludedByOthers(PermitRequest request, Instant now) {
        return request.waitsForOthers()
                && (includingCall(request, now) != null || returnScheduler.next(request, now) != null);
    }

    /** When a partly filled request may be sent, given what is kept for later ones; null if at once. */
    private @Nullable Instant sendTime(PermitRequest request, Instant now) {
        PartialRequestSchedule.AvailableQuota quota =
                allowanceTracker.allowance() instanceof RemainingInWindow window ? quota(window, request, now) : null;
        return quota != null ? partialRequests.sendTime(quota, now) : null;
    }

    /** The quota that partly filled requests may spend; null if its end is not known. */
    private PartialRequestSchedule.@Nullable AvailableQuota quota(
            RemainingInWindow window, PermitRequest request, Instant now) {
        Instant reset = window.reset();
        if (reset == null) {
            return null;
        }
        long credit = budget.credit(window, request, now);
        Duration unitTime = profile.unitTime();
        boolean bulkWaits = !sharedCalls.isShared(request.collection(), now)
                && (returnScheduler.isBulkQueued(now) || sharedCalls.othersHaveBulk(request.collection(), now));
        boolean othersWait = request.lane() == UpdateLane.LIVE
                && (bulkWaits
                        || (liveDemand.hasSmallDemandBesideOthers(now) && returnScheduler.areFullRequestsQueued(now)));
        return new PartialRequestSchedule.AvailableQuota(
                reset,
                credit,
                budget.costOfPartlyFilled(request.isFull() ? 1 : request.tokens()),
                unitTime != null ? unitTime : WaitDurations.until(reset, now).dividedBy(Math.max(1, credit)),
                profile.steadyUnit() != null,
                !sharedCalls.hasBulk(request.collection(), now),
                othersWait ? reserve.part() : 0);
    }

    /**
     * Whether the request got past the API's rate limiter. A client error shows that it did; a server error may come
     * from in front of it. A refused key does not count, so that one request a pass probes it, not all of them.
     */
    private static boolean passedLimiter(RefreshOutcome outcome) {
        return switch (outcome) {
            case RefreshOutcome.Failed(ApiErrorResponse error) -> error.status() >= 400 && error.status() < 500;
            case RefreshOutcome.KeyRefused _, RefreshOutcome.Unknown _ -> false;
            default -> true;
        };
    }

    /** A firewall answers 403 and 404 too, and may be what throttles: those say nothing about Immutable. */
    private static boolean isOfImmutable(RefreshOutcome outcome) {
        return switch (outcome) {
            case RefreshOutcome.Accepted _,
                    RefreshOutcome.Refused _,
                    RefreshOutcome.Forbidden _,
                    RefreshOutcome.CollectionNotFound _ -> true;
            case RefreshOutcome.Throttled _,
                    RefreshOutcome.KeyRefused _,
                    RefreshOutcome.Failed _,
                    RefreshOutcome.Unknown _ -> false;
        };
    }

    /** Discards what is over. */
    private void expire(Instant now) {
        inFlight.expire(now);
        sharedCalls.expire(now);
        partialRequests.expire(now);
        Instant closedUntil = throttling.closedUntil();
        if (closedUntil != null
                && (!closedUntil.isAfter(now)
                        || closedUntil.minus(LongWaitBackoff.LONGEST).isAfter(now))) {
            throttling.opened();
            refilledSince(closedUntil, now);
            allowanceTracker.reset(lastGranted);
        } else if (allowanceTracker.allowance() instanceof RemainingInWindow window && budget.isOver(window, now)) {
            refilledSince(window.opens(), now);
            allowanceTracker.reset(lastGranted);
        }
    }

    /** What the last 429 said of an empty bucket is over once that has refilled while nothing was sent. */
    private void refilledSince(Instant opened, Instant now) {
        Duration refill = refillTime();
        if (refill != null && !now.isBefore(opened.plus(refill))) {
            throttling.refilled();
        }
    }

    private static Denied closed(Instant now, Instant until) {
        return new Denied(WaitDurations.inMillis(until, now), DenialReason.CLOSED);
    }

    private PermitDecision atPace(PermitRequest request, int tokens, Instant now) {
        Duration left = pacer.untilNext(now);
        if (left.isPositive()) {
            return new Denied(left, DenialReason.PACED);
        }
        pacer.recordSent(now);
        var permit = new Permit(++lastGranted, now, tokens);
        inFlight.add(permit);
        searches.recordSent(request, budget.cost(request.tokens()), now);
        sharedCalls.recordSent(request, copy, now);
        if (!request.isFull()) {
            partialRequests.recordSent(permit);
        }
        return new Granted(permit, tokens);
    }
}
