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
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the updates of one event to their fates. One thread decides everything; other threads only wait for answers.
 */
final class RefreshPass {
    /** Requests under way at once. At 0.3 s an answer this is beyond any pace that the limiter in front allows. */
    private static final int MAX_IN_FLIGHT = 16;
    /** An outcome that nobody knows may still come true for so long. */
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(2);
    /** A lease outlives its request's timeout by this. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);
    /** So long ago the API worked for somebody, if it works at all. */
    private static final Duration ACCEPTED_LATELY = Duration.ofMinutes(15);
    /** What remains when the time is used up comes back almost at once, to the next invocation. */
    private static final Duration TIME_USED_UP = Duration.ofSeconds(1);

    /** Bulk gets on too: half of each call is its own. */
    private static final RemainingCapacity MOST_BESIDE_BULK =
            new RemainingCapacity(RefreshRequestLimits.TOKENS / 2, RefreshRequestLimits.BODY_BYTES / 2);

    /** Whatever is older or was received more often is looked up: it may expire instead, although it was superseded. */
    private static final Duration YOUNG = Duration.ofDays(6);

    private static final int SELDOM_RECEIVED = 100;

    /** Requests of which every token was denied. */
    private static final int MOST_DENIED_IN_A_ROW = 3;

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
    /** Whether the API failed so often that one request has to find out if it works again. */
    private boolean probing;
    /** Whether what was delivered before is looked up only when its request may go: under a closed quota most comes in vain. */
    private boolean looksLater;

    /** What was known of their collections then: to read that again would cost a read for each collection. */
    private Map<CollectionId, CollectionRefusal> refusalsWhenPlanned = Map.of();

    /** Collections whose calls go evenly: what cannot go within this pass has its place in line. */
    private final Set<CollectionId> evenlySpaced = new HashSet<>();

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

    /** Runs to the end: when it returns, every update has its fate. */
    void run() {
        while (!pending.isEmpty() || inFlight.count() > 0 || coalescer.hasReady() || pending.hasBehindProbe()) {
            if (pending.isEmpty() && inFlight.count() == 0) {
                pending.releaseNextProbes();
                plan();
            }
            Duration pause = sendPermitted();
            if (!pending.isEmpty() || inFlight.count() > 0) {
                RequestResult answer = inFlight.await(pause);
                if (answer != null) {
                    take(answer);
                }
            }
        }
    }

    private void plan() {
        Instant now = services.clock().instant();
        List<QueuedUpdate> turns = coalescer.takeReady();
        RateLimiter.ApiHealth health = services.limiter().health(now, deadline.tableCallTimeout());
        int failures = health.failuresInARow();
        looksLater = false;
        if (requests == 0 && failures < OutcomeHandler.OUTAGE_FAILURES && canBeLookedUpLater(turns, now)) {
            Map<CollectionId, CollectionRefusal> refusals = collections.refusalsOf(turns);
            // Which token of a refused collection is tried next depends on what is known of each.
            if (refusals.values().stream().noneMatch(CollectionRefusal::isWaiting)) {
                looksLater = true;
                refusalsWhenPlanned = refusals;
                probing = false;
                collections.plan(turns, refusals, claimer::failures, now);
                return;
            }
        }
        List<QueuedUpdate> open = claimer.stillOpen(turns, now);
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
            Set<QueuedUpdate> others = Collections.newSetFromMap(new IdentityHashMap<>());
            others.addAll(open);
            probe.forEach(others::remove);
            collections.plan(probe, claimer::failures, now);
            open = open.stream().filter(others::contains).toList();
        }
        collections.plan(open, claimer::failures, now);
    }

    /** Whether they fill a request, so that they need not go along with others, and none of them is about to expire. */
    private boolean canBeLookedUpLater(List<QueuedUpdate> turns, Instant now) {
        return turns.size() >= services.deferredLookupThreshold()
                && turns.stream()
                        .map(QueuedUpdate::message)
                        .allMatch(message -> message.attempts() < SELDOM_RECEIVED
                                && message.firstSentAt().plus(YOUNG).isAfter(now)
                                && !message.isSentAlone());
    }

    /** Sends until something speaks against it, and says how long to wait for an answer before trying again. */
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
            if (looksLater
                    && next.search() == null // claiming withdraws what a search may no longer send
                    && mayGo(answer)
                    && !(answer instanceof Granted && isStillOpen(next, answered))) {
                if (answer instanceof Granted(Permit permit, int _)) {
                    services.limiter().releaseUnused(permit, answered, deadline.tableCallTimeout());
                }
                looksLater = false;
                collections.plan(
                        claimer.stillOpen(pending.takeAll(), answered),
                        refusalsWhenPlanned,
                        claimer::failures,
                        answered);
                continue;
            }
            switch (answer) {
                case Granted(Permit permit, int tokens) ->
                    send(next, new GrantedPermit(permit, tokens, null, false), now, timeout);
                case Denied(Duration retryIn, RateLimiter.DenialReason why)
                when why == RateLimiter.DenialReason.GOES_ALONG // the request that it waits for would miss it
                        || (why == RateLimiter.DenialReason.SPARED
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
                        if (evenlySpaced.add(next.collection())) {
                            returnBeyond(deadline.requestsEvery(interval, answered), next.collection(), answered);
                        }
                        if (!pending.hasOthers(next.collection(), answered)) {
                            return retryIn;
                        }
                        pending.hold(next.collection(), answered.plus(retryIn));
                    } else {
                        // Each minute would be a delivery, and what is delivered too often expires.
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

    /** The other requests go on; the search goes on when it may, or in a later pass. */
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

    /** What goes on in a message of its own comes back soon, however long it has to wait. */
    private PermitRequest requestForReturn(PlannedRequest request) {
        boolean goesOnElsewhere = (request.search() != null && request.search().hasLearned())
                || request.updates().stream().anyMatch(update -> tokenOutcomes.isFinished(update.message()));
        PermitRequest asked = request.permitRequest(lane);
        return goesOnElsewhere ? asked.withMaximumHiddenTime(SqsLimits.MAX_DELAY) : asked;
    }

    /**
     * Sends a partly filled request if those in the waiting room fill it, or if it was promised to them that they may go now,
     * and else lets it wait there too.
     *
     * @return how long the pace asks to wait before it can be sent; zero if it was sent or left
     */
    private Duration sendFilledOrHold(PlannedRequest next, Instant now, Duration timeout) {
        Granted inTurn = null;
        if (paced != null && isSame(paced.request(), next)) {
            // Many copies wait for the pace: it would cost hundreds of reads each time to see again what fills this one.
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
     * What the gate granted.
     *
     * @param waiting those in the waiting room who may ride along; null if nobody has looked
     * @param isForFull whether it may only go with as many of them as fill it
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
                cut(lane == UpdateLane.BULK && waiting != null ? withRoomFor(waiting, next) : next, granted.tokens());
        var lease = new RequestLease(
                passName + "/" + requests++, now, now.plus(timeout).plus(LEASE_MARGIN));
        ClaimedRequest claimed = claimer.claimRequest(planned, granted.tokens(), lease, waiting);
        withdrawDenied(planned, claimed.request());
        Duration left = timeoutWithin(lease);
        // Where the quota counts tokens, fewer may have been granted than would fill it: then what is left of it goes.
        boolean isFilled = !granted.isForFull()
                || claimed.tokens().size() >= granted.tokens()
                || RequestClaimer.isFull(claimed.request(), claimed.waitingUpdates());
        if (claimed.request().updates().isEmpty() || left == null || !isFilled) {
            Instant then = services.clock().instant();
            ended(lease, claimed, new TokenLedger.NotApplied(false), false, then);
            services.limiter().releaseUnused(granted.permit(), then, deadline.tableCallTimeout());
            if (claimed.request().updates().isEmpty()) {
                outcomeHandler.askNext(claimed.request());
                denied(then);
            } else if (left != null) {
                // Others took those from the waiting room meanwhile.
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

    /** Another copy may be at work on the same messages: rather than to claim in vain for each, look at all of them at once. */
    private void denied(Instant now) {
        deniedInARow++;
        if (deniedInARow == MOST_DENIED_IN_A_ROW) {
            deniedInARow = 0;
            lookUpAgain(now);
        }
    }

    /** At once, or with others: whether it can must be known of each of its tokens. */
    private static boolean mayGo(RateLimiter.PermitDecision answer) {
        return switch (answer) {
            case Granted _ -> true;
            case Denied(Duration _, RateLimiter.DenialReason why) -> isHeldBack(why);
            case AwaitSharedCall _ -> false;
        };
    }

    /** Partly filled, for others to fill it or to take it along. */
    private static boolean isHeldBack(RateLimiter.DenialReason why) {
        return why == RateLimiter.DenialReason.SPARED || why == RateLimiter.DenialReason.GOES_ALONG;
    }

    /** Whether all of it may still be sent; if not, what is left of it is planned anew. */
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

    private void lookUpAgain(Instant now) {
        collections.plan(claimer.stillOpen(pending.takeAll(), now), claimer::failures, now);
    }

    /** Tokens of a search that were settled while they were to be claimed. */
    private static void withdrawDenied(PlannedRequest planned, PlannedRequest claimed) {
        if (planned.search() != null) {
            Set<QueuedUpdate> denied = Collections.newSetFromMap(new IdentityHashMap<>());
            denied.addAll(planned.updates());
            claimed.updates().forEach(denied::remove);
            planned.search().withdraw(denied);
        }
    }

    /** Bulk leaves places to those that wait, mostly live updates; what has to make room for them goes next, with others. */
    private PlannedRequest withRoomFor(WaitingCandidates waiting, PlannedRequest next) {
        List<TokenJson> included =
                waiting.claimable().stream().map(TokenUpdate::json).toList();
        if (included.isEmpty()) {
            return next;
        }
        int fitting = MOST_BESIDE_BULK.countThatFit(included);
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

    /** Where the quota counts tokens and too few are left, the others go next. */
    private PlannedRequest cut(PlannedRequest next, int tokens) {
        List<QueuedUpdate> updates = next.updates();
        if (tokens >= updates.size() || next.search() != null) {
            return next;
        }
        pending.addFirst(next.with(updates.subList(tokens, updates.size())));
        return next.with(updates.subList(0, tokens));
    }

    /** Claiming took its time too: what is left for the request, or null if that is not worth beginning. */
    private @Nullable Duration timeoutWithin(RequestLease lease) {
        Instant now = services.clock().instant();
        Duration timeout = deadline.timeoutAt(now);
        Duration leased = Duration.between(now, lease.end().minus(LEASE_MARGIN.dividedBy(2)));
        if (timeout == null || leased.compareTo(InvocationDeadline.MIN_REQUEST_TIME) < 0) {
            return null;
        }
        return timeout.compareTo(leased) < 0 ? timeout : leased;
    }

    private void take(RequestResult answer) {
        SentRequest sent = answer.sent();
        Instant answered = services.clock().instant();
        anythingAccepted |= answer.outcome() instanceof RefreshOutcome.Accepted;
        probing &=
                answer.outcome() instanceof RefreshOutcome.Failed || answer.outcome() instanceof RefreshOutcome.Unknown;
        // First of all, as nothing may be reported as done that nobody can look up.
        boolean recorded = ended(
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

    private boolean ended(
            RequestLease lease,
            ClaimedRequest claimed,
            TokenLedger.RequestOutcome end,
            boolean isRefused,
            Instant now) {
        boolean recorded = services.ledger().recordOutcome(lease.name(), end, now, deadline.tableCallTimeout());
        if (!claimed.waitingUpdates().isEmpty()) {
            Instant then = services.clock().instant();
            // One of them may be why it was refused, and would be again with each request that took it along.
            TokenLedger.RequestOutcome theirs = isRefused ? new TokenLedger.RefusedWithOthers() : end;
            services.ledger().recordOutcome(lease.ofWaitingUpdates().name(), theirs, then, deadline.tableCallTimeout());
        }
        return recorded;
    }

    private TokenLedger.RequestOutcome requestEnd(RefreshOutcome outcome, ClaimedRequest claimed, Instant now) {
        return switch (outcome) {
            case RefreshOutcome.Accepted _ -> new TokenLedger.Accepted();
            case RefreshOutcome.Unknown _ ->
                new TokenLedger.Unknown(now.plus(UNKNOWN_FOR), countsForItsTokens(claimed, now));
            case RefreshOutcome.Failed _ -> new TokenLedger.NotApplied(countsForItsTokens(claimed, now));
            // A group is searched. While nothing is accepted it leaves its mark, so that other tokens are tried next.
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

    /** Of a token that failed alone it is known which it was, so that another one goes next. */
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
        // Under a small quota the last few requests may lie hours apart.
        return last != null
                && (last.isAfter(now.minus(ACCEPTED_LATELY))
                        || health.failuresInARow() < OutcomeHandler.OUTAGE_FAILURES);
    }
}
