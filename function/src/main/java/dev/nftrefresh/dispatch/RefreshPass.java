package dev.nftrefresh.dispatch;

import dev.nftrefresh.api.ApiKeyUnavailableException;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.batch.RefreshRequestBody;
import dev.nftrefresh.batch.RemainingCapacity;
import dev.nftrefresh.collection.CollectionRefusal;
import dev.nftrefresh.dispatch.InFlightRequests.RequestResult;
import dev.nftrefresh.dispatch.InFlightRequests.SentRequest;
import dev.nftrefresh.dispatch.RequestClaimer.ClaimedRequest;
import dev.nftrefresh.dispatch.RequestClaimer.RequestLease;
import dev.nftrefresh.dispatch.RequestClaimer.WaitingCandidates;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SqsLimits;
import dev.nftrefresh.ratelimit.RateLimiter;
import dev.nftrefresh.ratelimit.RateLimiter.AwaitSharedCall;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.ratelimit.UpdateLane;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.waiting.WaitingUpdateStore;
import dev.nftrefresh.waiting.WaitingUpdateStore.WaitingUpdates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides the outcome of each update of one event. One thread decides everything; other threads only wait for answers.
 */
final class RefreshPass {
    /**
     * Requests in flight at once. At 0.3 s an answer, this exceeds any rate that the limiter in front of the API
     * allows.
     */
    private static final int MAX_IN_FLIGHT = 16;
    /** How long a request without an answer may still be applied. */
    private static final Duration UNKNOWN_DURATION = Duration.ofMinutes(2);
    /** How much longer a lease lasts than its request's timeout. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);
    /** If the API works at all, it has accepted a request within this time. */
    private static final Duration RECENT_ACCEPTANCE = Duration.ofMinutes(15);
    /** What remains when the time is used up returns almost at once, for the next invocation. */
    private static final Duration TIME_USED_UP = Duration.ofSeconds(1);

    /** Half of each bulk request stays with bulk, so that bulk makes progress too. */
    private static final RemainingCapacity MAX_WAITING_IN_BULK =
            new RemainingCapacity(RefreshRequestLimits.TOKENS / 2, RefreshRequestLimits.BODY_BYTES / 2);

    /**
     * Older or more often received updates are looked up first: otherwise one that was superseded may expire instead.
     */
    private static final Duration DEFERRABLE_AGE = Duration.ofDays(6);

    private static final int DEFERRABLE_RECEIVES = 100;

    /** A sample has updates of so many messages of each request: a message's updates are mostly accepted together. */
    private static final int SAMPLED_MESSAGES = 4;

    /** Successive requests of which every token was denied. */
    private static final int MAX_DENIED_IN_A_ROW = 3;

    private final PassDependencies services;
    private final UpdateLane lane;
    private final InvocationDeadline deadline;
    private final String passName;
    private final InFlightRequests inFlight;
    private final RequestRecorder record;
    private final RetryDelays waits;
    private final TokenOutcomes tokenOutcomes;
    private final TokenCoalescer coalescer;
    private final PendingRequests pending;
    private final RequestClaimer claimer;
    private final PartialRequestTiming partialRequestTiming;
    private final RefusedCollectionHandler collections;
    private final OutcomeHandler outcomeHandler;
    /** Whether the API failed so often that one request must probe whether it works again. */
    private boolean probing;
    /**
     * Whether redelivered updates are looked up only when their request may be sent: while the quota is closed, most
     * return unsent.
     */
    private boolean defersLookup;
    /** Whether a sample of the updates that were not looked up was. */
    private boolean isSampled;

    /** What was known of their collections then: to read that again would cost a read for each collection. */
    private Map<CollectionId, CollectionRefusal> refusalsWhenPlanned = Map.of();

    /** Collections whose calls are spaced evenly: what cannot be sent in this pass is already scheduled to return. */
    private final Set<CollectionId> pacedCollections = new HashSet<>();

    /** The partly filled request that others would fill, if the pace had let it go; what would fill it is then read once more. */
    private @Nullable PacedRequest paced;

    private boolean anythingAccepted;
    private int requests;
    private int deniedInARow;

    /**
     * A pass over these updates.
     *
     * @param lane of the queue that the event came from
     * @param passName a name that no other pass has: Lambda's request id
     */
    RefreshPass(
            PassDependencies services,
            UpdateLane lane,
            List<QueuedUpdate> updates,
            TokenOutcomes tokenOutcomes,
            InvocationDeadline deadline,
            String passName,
            JsonLogger log,
            InFlightRequests inFlight) {
        this.services = services;
        this.lane = lane;
        this.deadline = deadline;
        this.passName = passName;
        this.inFlight = inFlight;
        this.record = new RequestRecorder(services.metrics(), log);
        this.waits = new RetryDelays(services.backoff());
        this.tokenOutcomes = tokenOutcomes;
        this.coalescer = new TokenCoalescer(updates, tokenOutcomes);
        this.pending = new PendingRequests(coalescer);
        this.claimer = new RequestClaimer(services, coalescer, pending, waits, deadline);
        this.partialRequestTiming = new PartialRequestTiming(services, lane);
        this.collections =
                new RefusedCollectionHandler(services, lane, pending, coalescer, tokenOutcomes, deadline, log);
        this.outcomeHandler = new OutcomeHandler(
                pending, coalescer, claimer, collections, waits, deadline, services.apiKey(), services.metrics(), log);
    }

    /** Runs to the end: when it returns, every update has an outcome. */
    void run() {
        while (!pending.isEmpty() || inFlight.count() > 0 || coalescer.hasReady() || pending.hasWaitingForProbe()) {
            if (pending.isEmpty() && inFlight.count() == 0) {
                pending.releaseNextProbes();
                plan();
            }
            Duration pause = sendPermitted();
            if (!pending.isEmpty() || inFlight.count() > 0) {
                RequestResult answer = inFlight.await(pause);
                if (answer != null) {
                    handleResult(answer);
                }
            }
        }
    }

    private void plan() {
        Instant now = services.clock().instant();
        List<QueuedUpdate> candidates = coalescer.takeReady();
        RateLimiter.ApiHealth health = services.limiter().health(now, deadline.tableCallTimeout());
        int failures = health.failuresInARow();
        defersLookup = false;
        if (requests == 0 && failures < OutcomeHandler.OUTAGE_FAILURES && canDeferLookup(candidates, now)) {
            Map<CollectionId, CollectionRefusal> refusals = collections.refusalsOf(candidates);
            // Which token of a refused collection is tried next depends on what the ledger knows about each.
            if (refusals.values().stream().noneMatch(CollectionRefusal::isWaiting)) {
                defersLookup = true;
                refusalsWhenPlanned = refusals;
                probing = false;
                collections.plan(candidates, refusals, claimer::failures, now);
                return;
            }
        }
        List<QueuedUpdate> open = claimer.stillOpen(candidates, now);
        probing = failures >= OutcomeHandler.OUTAGE_FAILURES && !open.isEmpty();
        if (probing) {
            Duration untilNext = ApiHealthProbe.untilNext(health, now);
            if (untilNext.isPositive()) {
                pending.addLast(RequestPlanner.of(open, claimer::failures));
                pending.stop(waits.untilProbe(untilNext, failures, now));
                return;
            }
            List<QueuedUpdate> probe = ApiHealthProbe.of(
                    open, claimer::failures, failures - OutcomeHandler.OUTAGE_FAILURES, services.random());
            Set<QueuedUpdate> others = IdentitySet.of(open);
            probe.forEach(others::remove);
            collections.plan(probe, claimer::failures, now);
            open = open.stream().filter(others::contains).toList();
        }
        collections.plan(open, claimer::failures, now);
    }

    /**
     * Whether they fill a request, so that no other request needs to include them, and none of them is about to expire.
     */
    private boolean canDeferLookup(List<QueuedUpdate> candidates, Instant now) {
        return candidates.size() >= services.deferredLookupThreshold()
                && candidates.stream()
                        .map(QueuedUpdate::message)
                        .allMatch(message -> message.attempts() < DEFERRABLE_RECEIVES
                                && message.firstSentAt().plus(DEFERRABLE_AGE).isAfter(now)
                                && !message.isSentAlone());
    }

    /** Sends until nothing more may be sent, and returns how long to wait for an answer before trying again. */
    private Duration sendPermitted() {
        pending.releaseHeld();
        while (inFlight.count() < (probing ? 1 : MAX_IN_FLIGHT)) {
            Instant now = services.clock().instant();
            PlannedRequest next = pending.next(now);
            if (next == null) {
                return pending.untilNext(now, InvocationDeadline.REQUEST_TIMEOUT);
            }
            Duration timeout = deadline.timeoutAt(now);
            if (timeout == null) {
                pending.stop(RetryDelays.exactly(TIME_USED_UP));
                continue;
            }
            RateLimiter.PermitDecision answer =
                    services.limiter().tryAcquire(next.permitRequest(lane), now, deadline.tableCallTimeout());
            Instant answered = services.clock().instant(); // seconds later where the table is slow
            if (defersLookup
                    && next.search() == null // claiming withdraws tokens that a search may no longer send
                    && next.failures() == 0 // it was looked up, and must not be planned with others again
                    && mayBeSent(answer)
                    && !(answer instanceof Granted && isStillOpen(next, answered))) {
                if (answer instanceof Granted(Permit permit, int _)) {
                    services.limiter().releaseUnused(permit, answered, deadline.tableCallTimeout());
                }
                defersLookup = false;
                collections.plan(
                        claimer.stillOpen(pending.takeAll(), answered),
                        refusalsWhenPlanned,
                        claimer::failures,
                        answered);
                continue;
            }
            if (defersLookup && !isSampled && takesReturnTimes(answer, answered)) {
                isSampled = true;
                if (lookUpDone(answered)) {
                    continue;
                }
            }
            switch (answer) {
                case Granted(Permit permit, int tokens) ->
                    send(next, new GrantedPermit(permit, tokens, null, false), now, timeout);
                case Denied(Duration retryIn, RateLimiter.DenialReason why)
                when why == RateLimiter.DenialReason.INCLUDED_BY_BULK // the request that it waits for would miss it
                        || (why == RateLimiter.DenialReason.PARTLY_FILLED
                                && retryIn.compareTo(PartialRequestTiming.SHORTEST) > 0) -> {
                    Duration pace = sendFilledOrHold(next, answered, timeout);
                    if (pace.isPositive()) {
                        return pace;
                    }
                }
                case Denied(Duration retryIn, RateLimiter.DenialReason why)
                when why == RateLimiter.DenialReason.SEARCH_SHARE -> holdSearches(next, retryIn, answered);
                case AwaitSharedCall(Duration retryIn, Duration interval, boolean isMadeByOthers) -> {
                    if (isMadeByOthers) {
                        returnBeyond(0, next.collection(), answered);
                    } else if (deadline.allowsHolding(retryIn, answered)) {
                        if (pacedCollections.add(next.collection())) {
                            returnBeyond(deadline.requestsEvery(interval, answered), next.collection(), answered);
                        }
                        if (!pending.hasOthers(next.collection(), answered)) {
                            return retryIn;
                        }
                        pending.hold(next.collection(), answered.plus(retryIn));
                    } else {
                        // Otherwise it would be received every minute, and a message that is received too often
                        // expires.
                        returnBeyond(0, next.collection(), answered);
                    }
                }
                case Denied(Duration retryIn, RateLimiter.DenialReason _) -> {
                    if (deadline.allowsWaiting(retryIn, answered)) {
                        return retryIn;
                    }
                    pending.returnAll(left -> scheduleReturns(left, answered));
                }
            }
        }
        return InvocationDeadline.REQUEST_TIMEOUT;
    }

    /** Other requests are still sent; the search continues when it may, or in a later pass. */
    private void holdSearches(PlannedRequest next, Duration retryIn, Instant now) {
        if (deadline.allowsWaiting(retryIn, now)) {
            pending.holdSearches(now.plus(retryIn));
        } else {
            pending.take(next);
            pending.returnToQueue(next, RetryDelays.exactly(retryIn));
        }
    }

    private void returnBeyond(int staying, CollectionId collection, Instant now) {
        pending.returnBeyond(staying, collection, left -> scheduleReturns(left, now));
    }

    private List<Duration> scheduleReturns(List<PlannedRequest> left, Instant now) {
        return services.limiter()
                .scheduleReturns(left.stream().map(this::requestForReturn).toList(), now, deadline.tableCallTimeout());
    }

    /** What continues in a new message returns within that message's longest delay, however long it has to wait. */
    private PermitRequest requestForReturn(PlannedRequest request) {
        boolean continuesElsewhere =
                (request.search() != null && request.search().hasLearned())
                        || request.updates().stream().anyMatch(update -> tokenOutcomes.isFinished(update.message()));
        PermitRequest asked = request.inLaterPass().permitRequest(lane);
        return continuesElsewhere ? asked.withMaximumHiddenTime(SqsLimits.MAX_DELAY) : asked;
    }

    /**
     * Sends a partly filled request if waiting updates fill it, or if their reserved send time has come. Otherwise
     * stores its updates among the waiting ones.
     *
     * @return how long to wait for the pace before it can be sent; zero if it was sent or held back
     */
    private Duration sendFilledOrHold(PlannedRequest next, Instant now, Duration timeout) {
        Granted inTurn = null;
        if (paced != null && isSame(paced.request(), next)) {
            // Many copies wait for the pace: it would cost hundreds of reads each time to see again what fills this
            // one.
            RateLimiter.PermitDecision turn = services.limiter()
                    .tryAcquire(
                            next.permitRequest(lane).withFilledUp(paced.tokens()), now, deadline.tableCallTimeout());
            Duration pace = paceWait(turn);
            if (pace != null) {
                return pace;
            }
            inTurn = turn instanceof Granted granted ? granted : null;
        }
        paced = null;
        WaitingUpdates waitingUpdates = waitingStoreFor(next).find(next.collection(), deadline.tableCallTimeout());
        List<TokenUpdate> open = next.acceptsOthers() ? claimer.open(next, waitingUpdates, now) : List.of();
        boolean isFull = next.acceptsOthers() && RequestClaimer.isFull(next, open);
        if (inTurn != null && !isFull) {
            services.limiter().releaseUnused(inTurn.permit(), services.clock().instant(), deadline.tableCallTimeout());
        }
        Duration due = null;
        if (isFull || waitingUpdates.reservedSendTime() != null) {
            PermitRequest request = isFull
                    ? next.permitRequest(lane).withFilledUp(next.updates().size() + countThatFit(next, open))
                    : next.permitRequest(lane).withReservedSendTime(waitingUpdates.reservedSendTime());
            RateLimiter.PermitDecision answer = inTurn != null && isFull
                    ? inTurn
                    : services.limiter().tryAcquire(request, now, deadline.tableCallTimeout());
            Duration pace = paceWait(answer);
            if (pace != null) {
                paced = isFull ? new PacedRequest(next, request.tokens()) : null;
                return pace;
            }
            switch (answer) {
                case Granted(Permit permit, int tokens) -> {
                    send(
                            next,
                            new GrantedPermit(permit, tokens, new WaitingCandidates(waitingUpdates, open), isFull),
                            now,
                            timeout);
                    return Duration.ZERO;
                }
                case Denied(Duration retryIn, RateLimiter.DenialReason why) -> due = isHeldBack(why) ? retryIn : null;
                case AwaitSharedCall _ -> {}
            }
        }
        pending.take(next);
        hold(next, waitingUpdates, due != null ? due : partialRequestTiming.dueTime(next, now, deadline), now);
        return Duration.ZERO;
    }

    /**
     * A request that others would fill.
     *
     * @param tokens of it and of them
     */
    private record PacedRequest(PlannedRequest request, int tokens) {}

    @SuppressWarnings("ReferenceEquality") // what was planned anew is another one
    private static boolean isSame(PlannedRequest one, PlannedRequest other) {
        return one == other;
    }

    /** How long the pace alone asks this pass to wait; null if it does not, or if there is no time for that. */
    private @Nullable Duration paceWait(RateLimiter.PermitDecision answer) {
        return answer instanceof Denied(Duration retryIn, RateLimiter.DenialReason why)
                        && why == RateLimiter.DenialReason.PACED
                        && deadline.allowsWaiting(retryIn, services.clock().instant())
                ? retryIn
                : null;
    }

    private WaitingUpdateStore waitingStoreFor(PlannedRequest request) {
        return request.acceptsOthers()
                ? services.waitingStore()
                : services.waitingStore().ofSeparateRequests();
    }

    private static int countThatFit(PlannedRequest next, List<TokenUpdate> open) {
        return next.remainingCapacity()
                .countThatFit(open.stream().map(TokenUpdate::json).toList());
    }

    private void hold(PlannedRequest request, WaitingUpdates waitingUpdates, Duration due, Instant now) {
        hold(request, request.updates().stream().map(QueuedUpdate::token).toList(), waitingUpdates, due, now);
    }

    private void hold(
            PlannedRequest request,
            List<TokenUpdate> tokens,
            WaitingUpdates waitingUpdates,
            Duration due,
            Instant now) {
        Instant reservedSendTime = waitingUpdates.reservedSendTime();
        waitingStoreFor(request)
                .add(
                        tokens,
                        waitingUpdates,
                        reservedSendTime != null ? reservedSendTime : now.plus(due),
                        now,
                        deadline.tableCallTimeout());
        RetryDelays.RetryDelay wait = RetryDelays.exactly(partialRequestTiming.returnDelay(due));
        pending.returnToQueue(request, wait);
        if (request.isSuspicious()) {
            pending.returnSuspicious(request.collection(), wait);
        }
    }

    /**
     * What the rate limiter granted.
     *
     * @param waiting the waiting updates that the request may include; null if they were not read
     * @param isForFull whether it may be sent only with enough of them to fill it
     */
    private record GrantedPermit(
            Permit permit, int tokens, @Nullable WaitingCandidates waiting, boolean isForFull) {}

    private void send(PlannedRequest next, GrantedPermit granted, Instant now, Duration timeout) {
        String key;
        try {
            key = services.apiKey().current();
        } catch (ApiKeyUnavailableException e) {
            services.limiter().releaseUnused(granted.permit(), now, deadline.tableCallTimeout());
            outcomeHandler.keyUnavailable(e, now);
            return;
        }
        pending.take(next);
        WaitingCandidates waiting = granted.waiting() == null && lane == UpdateLane.BULK && next.acceptsOthers()
                ? claimer.stillWaiting(next, now)
                : granted.waiting();
        PlannedRequest planned =
                cut(lane == UpdateLane.BULK && waiting != null ? withSpaceFor(waiting, next) : next, granted.tokens());
        var lease = new RequestLease(
                passName + "/" + requests++, now, now.plus(timeout).plus(LEASE_MARGIN));
        ClaimedRequest claimed = claimer.claimRequest(planned, granted.tokens(), lease, waiting);
        withdrawDenied(planned, claimed.request());
        Duration left = timeoutWithin(lease);
        // Where the quota counts tokens, fewer may be granted than would fill the request: then the granted ones are
        // sent.
        boolean isFilled = !granted.isForFull()
                || claimed.tokens().size() >= granted.tokens()
                || RequestClaimer.isFull(claimed.request(), claimed.waitingUpdates());
        if (claimed.request().updates().isEmpty() || left == null || !isFilled) {
            Instant then = services.clock().instant();
            recordOutcome(lease, claimed, new TokenLedger.NotApplied(false), false, then);
            services.limiter().releaseUnused(granted.permit(), then, deadline.tableCallTimeout());
            if (claimed.request().updates().isEmpty()) {
                withdrawSettled(planned.search(), then);
                outcomeHandler.addNextQuestion(claimed.request());
                countDenied(then);
            } else if (left != null) {
                // Another request has taken the waiting updates meanwhile.
                hold(
                        claimed.request(),
                        claimed.tokens(),
                        WaitingUpdates.EMPTY,
                        partialRequestTiming.dueTime(claimed.request(), then, deadline),
                        then);
            } else {
                pending.returnToQueue(claimed.request(), RetryDelays.exactly(TIME_USED_UP));
            }
            return;
        }
        deniedInARow = 0;
        pending.questionSent(claimed.request());
        byte[] body = RefreshRequestBody.of(claimed.json());
        inFlight.send(new SentRequest(lease, claimed, granted.permit(), body.length, key, now), body, left);
    }

    /**
     * Another copy may hold the same messages: read the state of all of them at once instead of claiming each in vain.
     */
    private void countDenied(Instant now) {
        deniedInARow++;
        if (deniedInARow == MAX_DENIED_IN_A_ROW) {
            deniedInARow = 0;
            replanAll(now);
        }
    }

    /** Whether it may be sent at once or with others, so that each of its tokens must still be open. */
    private static boolean mayBeSent(RateLimiter.PermitDecision answer) {
        return switch (answer) {
            case Granted _ -> true;
            case Denied(Duration _, RateLimiter.DenialReason why) -> isHeldBack(why);
            case AwaitSharedCall _ -> false;
        };
    }

    /** Whether it is partly filled, and waits for others to fill or to include it. */
    private static boolean isHeldBack(RateLimiter.DenialReason why) {
        return why == RateLimiter.DenialReason.PARTLY_FILLED || why == RateLimiter.DenialReason.INCLUDED_BY_BULK;
    }

    /** Whether all its tokens may still be sent; if not, the rest is planned again. */
    private boolean isStillOpen(PlannedRequest next, Instant now) {
        List<QueuedUpdate> open = claimer.stillOpen(next.updates(), now);
        boolean isSame = open.size() == next.updates().size()
                && open.stream().allMatch(update -> claimer.failures(update) < TokenLedger.SUSPICIOUS_FAILURES);
        if (!isSame) {
            pending.take(next);
            collections.plan(open, refusalsWhenPlanned, claimer::failures, now);
        }
        return isSame;
    }

    /** Whether unsent requests return to the queue, each at a time of its own. */
    private boolean takesReturnTimes(RateLimiter.PermitDecision answer, Instant now) {
        return switch (answer) {
            case Granted _ -> false;
            case Denied(Duration retryIn, RateLimiter.DenialReason why) ->
                why != RateLimiter.DenialReason.SEARCH_SHARE && !deadline.allowsWaiting(retryIn, now);
            case AwaitSharedCall _ -> true;
        };
    }

    /**
     * Looks up the requests of which a sample shows that they may be done: Lambda's answer or a delete was lost. They
     * need no return times, behind which new updates would wait.
     *
     * @return whether there were any; then what is left is planned again
     */
    private boolean lookUpDone(Instant now) {
        List<PlannedRequest> unsent = pending.unsent();
        Set<QueuedUpdate> done = claimer.done(
                unsent.stream()
                        .flatMap(request -> request.sample(SAMPLED_MESSAGES).stream())
                        .toList(),
                now);
        if (done.isEmpty()) {
            return false;
        }
        Set<QueuedUpdate> suspected = IdentitySet.empty();
        unsent.stream()
                .filter(request -> request.updates().stream().anyMatch(done::contains))
                .forEach(request -> suspected.addAll(request.updates()));
        List<QueuedUpdate> left = pending.takeAll();
        Set<QueuedUpdate> open = IdentitySet.of(left);
        open.removeAll(suspected);
        open.addAll(claimer.stillOpen(left.stream().filter(suspected::contains).toList(), now));
        collections.plan(left.stream().filter(open::contains).toList(), refusalsWhenPlanned, claimer::failures, now);
        return true;
    }

    private void replanAll(Instant now) {
        collections.plan(claimer.stillOpen(pending.takeAll(), now), claimer::failures, now);
    }

    /** Withdraws the tokens of a search that turned out to be settled when they were claimed. */
    private static void withdrawDenied(PlannedRequest planned, PlannedRequest claimed) {
        if (planned.search() != null) {
            Set<QueuedUpdate> denied = IdentitySet.of(planned.updates());
            claimed.updates().forEach(denied::remove);
            planned.search().withdraw(denied);
        }
    }

    /**
     * Another copy may work on the same message: to learn from each claim which tokens it has settled would cost a
     * permit, a claim and a release for each.
     */
    private void withdrawSettled(@Nullable RefusedTokenSearch<QueuedUpdate> search, Instant now) {
        if (search != null) {
            Set<QueuedUpdate> settled = claimer.done(search.open(), now); // none where the table cannot be read
            claimer.open(List.copyOf(settled), now).forEach(settled::remove);
            search.withdraw(settled);
        }
    }

    /**
     * Bulk leaves space for waiting updates, mostly live ones; the bulk tokens that they displace go into the next
     * request.
     */
    private PlannedRequest withSpaceFor(WaitingCandidates waiting, PlannedRequest next) {
        List<TokenJson> included =
                waiting.claimable().stream().map(TokenUpdate::json).toList();
        if (included.isEmpty()) {
            return next;
        }
        int fitting = MAX_WAITING_IN_BULK.countThatFit(included);
        RemainingCapacity capacity = RemainingCapacity.after(included.subList(0, fitting));
        List<QueuedUpdate> updates = next.updates();
        int staying = Math.max(
                1,
                capacity.countThatFit(
                        updates.stream().map(update -> update.token().json()).toList()));
        if (staying >= updates.size()) {
            return next;
        }
        pending.addFirst(filledUp(next.with(updates.subList(staying, updates.size()))));
        return next.with(updates.subList(0, staying));
    }

    private PlannedRequest filledUp(PlannedRequest request) {
        PlannedRequest filled = request;
        while (filled.remainingCapacity().fitsAnyToken()) {
            List<QueuedUpdate> others = pending.takeLast(request.collection(), filled.remainingCapacity());
            if (others.isEmpty()) {
                break;
            }
            var all = new ArrayList<>(filled.updates());
            all.addAll(others);
            filled = filled.with(all);
        }
        return filled;
    }

    /** Where the quota counts tokens and too few are left, the other tokens go into the next request. */
    private PlannedRequest cut(PlannedRequest next, int tokens) {
        List<QueuedUpdate> updates = next.updates();
        if (tokens >= updates.size()) {
            return next;
        }
        if (next.search() != null) {
            next.search().askAtMost(tokens);
            return next.with(next.search().next());
        }
        pending.addFirst(next.with(updates.subList(tokens, updates.size())));
        return next.with(updates.subList(0, tokens));
    }

    /** The time left for the request, as claiming took some too; null if it is too short to begin. */
    private @Nullable Duration timeoutWithin(RequestLease lease) {
        Instant now = services.clock().instant();
        Duration timeout = deadline.timeoutAt(now);
        Duration leased = Duration.between(now, lease.end().minus(LEASE_MARGIN.dividedBy(2)));
        if (timeout == null || leased.compareTo(InvocationDeadline.MIN_REQUEST_TIME) < 0) {
            return null;
        }
        return timeout.compareTo(leased) < 0 ? timeout : leased;
    }

    private void handleResult(RequestResult answer) {
        SentRequest sent = answer.sent();
        Instant answered = services.clock().instant();
        anythingAccepted |= answer.outcome() instanceof RefreshOutcome.Accepted;
        probing &=
                answer.outcome() instanceof RefreshOutcome.Failed || answer.outcome() instanceof RefreshOutcome.Unknown;
        // First of all: an update must not be reported as done unless other copies can look that up.
        boolean recorded = recordOutcome(
                sent.lease(),
                sent.claimed(),
                requestEnd(answer.outcome(), sent.claimed(), answered),
                answer.outcome() instanceof RefreshOutcome.Refused,
                answered);
        Instant now = services.clock().instant();
        int failures = services.limiter()
                .recordOutcome(
                        sent.permit().withTokens(sent.claimed().tokens().size()),
                        answer.outcome(),
                        now,
                        deadline.tableCallTimeout());
        record.write(answer, answered);
        outcomeHandler.handle(answer.outcome(), sent, recorded, failures, now);
    }

    private boolean recordOutcome(
            RequestLease lease,
            ClaimedRequest claimed,
            TokenLedger.RequestOutcome end,
            boolean isRefused,
            Instant now) {
        boolean recorded = services.ledger().recordOutcome(lease.name(), end, now, deadline.tableCallTimeout());
        if (!claimed.waitingUpdates().isEmpty()) {
            Instant then = services.clock().instant();
            // One of them may have caused the refusal, and would cause it again in every request that included it.
            TokenLedger.RequestOutcome theirs = isRefused ? new TokenLedger.RefusedWithOthers() : end;
            services.ledger().recordOutcome(lease.ofWaitingUpdates().name(), theirs, then, deadline.tableCallTimeout());
        }
        return recorded;
    }

    private TokenLedger.RequestOutcome requestEnd(RefreshOutcome outcome, ClaimedRequest claimed, Instant now) {
        return switch (outcome) {
            case RefreshOutcome.Accepted _ -> new TokenLedger.Accepted();
            case RefreshOutcome.Unknown _ ->
                new TokenLedger.Unknown(now.plus(UNKNOWN_DURATION), countsForItsTokens(claimed, now));
            case RefreshOutcome.Failed _ -> new TokenLedger.NotApplied(countsForItsTokens(claimed, now));
            // A group is searched. While nothing is accepted, its failure is recorded so that other tokens are tried
            // next.
            case RefreshOutcome.Refused _ ->
                claimed.tokens().size() == 1
                        ? new TokenLedger.RefusedAlone(collections.isSingleTokenRefusalCertain(
                                claimed.request().updates().getFirst()))
                        : new TokenLedger.NotApplied(!anythingAccepted);
            case RefreshOutcome.KeyRefused _,
                    RefreshOutcome.Forbidden _,
                    RefreshOutcome.CollectionNotFound _,
                    RefreshOutcome.Throttled _ -> new TokenLedger.NotApplied(false);
        };
    }

    /** A token that failed alone is known to be the one that failed, so another one is tried next. */
    private boolean countsForItsTokens(ClaimedRequest claimed, Instant now) {
        return claimed.tokens().size() == 1 || othersAreAccepted(now);
    }

    /** Whether the API works for others, so that a failure may be the tokens' own. */
    private boolean othersAreAccepted(Instant now) {
        if (anythingAccepted) {
            return true;
        }
        RateLimiter.ApiHealth health = services.limiter().health(now, deadline.tableCallTimeout());
        Instant last = health.lastAccepted();
        // Under a small quota the last few requests may be hours apart.
        return last != null
                && (last.isAfter(now.minus(RECENT_ACCEPTANCE))
                        || health.failuresInARow() < OutcomeHandler.OUTAGE_FAILURES);
    }
}
