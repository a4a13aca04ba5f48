package dev.nftrefresh.pass;

import dev.nftrefresh.api.ApiKeyUnavailable;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.RequestLimits;
import dev.nftrefresh.batch.RequestBody;
import dev.nftrefresh.batch.Vacancy;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.pacing.RefreshGate.Granted;
import dev.nftrefresh.pacing.RefreshGate.NextShared;
import dev.nftrefresh.pacing.RefreshGate.NotBefore;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.pacing.RefreshGate.Request;
import dev.nftrefresh.pass.InFlight.Answer;
import dev.nftrefresh.pass.InFlight.Sent;
import dev.nftrefresh.pass.Loading.Lease;
import dev.nftrefresh.pass.Loading.Load;
import dev.nftrefresh.pass.Loading.Waiting;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SqsLimits;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.room.WaitingRoom.Seated;
import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the updates of one event to their fates. One thread decides everything; other threads only wait for answers.
 */
final class RefreshPass {
    /** Requests under way at once. At 0.3 s an answer this is beyond any pace that the limiter in front allows. */
    private static final int AT_ONCE = 16;
    /** An outcome that nobody knows may still come true for so long. */
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(2);
    /** A lease outlives its request's timeout by this. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);
    /** So long ago the API worked for somebody, if it works at all. */
    private static final Duration ACCEPTED_LATELY = Duration.ofMinutes(15);
    /** What remains when the time is used up comes back almost at once, to the next invocation. */
    private static final Duration TIME_USED_UP = Duration.ofSeconds(1);

    /** Bulk gets on too: half of each call is its own. */
    private static final Vacancy MOST_BESIDE_BULK = new Vacancy(RequestLimits.TOKENS / 2, RequestLimits.BODY_BYTES / 2);

    /** Whatever is older or was received more often is looked up: it may expire instead, although it was superseded. */
    private static final Duration YOUNG = Duration.ofDays(6);

    private static final int SELDOM_RECEIVED = 100;

    /** Requests of which every token was denied. */
    private static final int MOST_DENIED_IN_A_ROW = 3;

    private final Services services;
    private final Lane lane;
    private final Deadline deadline;
    private final String passName;
    private final InFlight inFlight;
    private final RequestRecord record;
    private final Waits waits;
    private final Fates fates;
    private final Contenders contenders;
    private final Agenda agenda;
    private final Loading loading;
    private final HeldBack heldBack;
    private final RefusedCollections collections;
    private final Consequences consequences;
    /** Whether the API failed so often that one request has to find out if it works again. */
    private boolean probing;
    /** Whether what was delivered before is looked up only when its request may go: under a closed quota most comes in vain. */
    private boolean looksLater;

    /** Collections whose calls go evenly: what cannot go within this pass has its place in line. */
    private final Set<CollectionId> evenly = new HashSet<>();

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
            Services services,
            Lane lane,
            List<QueuedUpdate> updates,
            Fates fates,
            Deadline deadline,
            String passName,
            JsonLog log,
            InFlight inFlight) {
        this.services = services;
        this.lane = lane;
        this.deadline = deadline;
        this.passName = passName;
        this.inFlight = inFlight;
        this.record = new RequestRecord(services.metrics(), log);
        this.waits = new Waits(services.backoff());
        this.fates = fates;
        this.contenders = new Contenders(updates, fates);
        this.agenda = new Agenda(contenders);
        this.loading = new Loading(services, contenders, agenda, waits, deadline);
        this.heldBack = new HeldBack(services, lane);
        this.collections = new RefusedCollections(services, lane, agenda, contenders, fates, deadline, log);
        this.consequences = new Consequences(
                agenda, contenders, loading, collections, waits, deadline, services.apiKey(), services.metrics(), log);
    }

    /** Runs to the end: when it returns, every update has its fate. */
    void run() {
        while (!agenda.isEmpty() || inFlight.count() > 0 || contenders.hasTurns() || agenda.hasBehindTry()) {
            if (agenda.isEmpty() && inFlight.count() == 0) {
                agenda.nextTries();
                plan();
            }
            Duration pause = sendWhatMayGo();
            if (!agenda.isEmpty() || inFlight.count() > 0) {
                Answer answer = inFlight.await(pause);
                if (answer != null) {
                    take(answer);
                }
            }
        }
    }

    private void plan() {
        Instant now = services.clock().instant();
        List<QueuedUpdate> turns = contenders.takeTurns();
        RefreshGate.ApiHealth health = services.gate().health(now, deadline.tableCall());
        int failures = health.failuresInARow();
        looksLater = requests == 0
                && failures < Consequences.DOWN
                && canBeLookedUpLater(turns, now)
                && !collections.areAnyRefused(turns);
        List<QueuedUpdate> open = looksLater ? turns : loading.stillOpen(turns, now);
        probing = failures >= Consequences.DOWN && !open.isEmpty();
        if (probing) {
            Duration untilNext = ApiProbe.untilNext(health, now);
            if (untilNext.isPositive()) {
                agenda.last(RequestPlan.of(open, loading::failures));
                agenda.stop(waits.untilProbe(untilNext, failures, now));
                return;
            }
            List<QueuedUpdate> probe =
                    ApiProbe.of(open, loading::failures, failures - Consequences.DOWN, services.random());
            Set<QueuedUpdate> others = Collections.newSetFromMap(new IdentityHashMap<>());
            others.addAll(open);
            probe.forEach(others::remove);
            collections.plan(probe, loading::failures, now);
            open = open.stream().filter(others::contains).toList();
        }
        collections.plan(open, loading::failures, now);
    }

    /** Whether they fill a request, so that they need not go along with others, and none of them is about to expire. */
    private static boolean canBeLookedUpLater(List<QueuedUpdate> turns, Instant now) {
        return turns.size() >= RequestLimits.TOKENS
                && turns.stream()
                        .map(QueuedUpdate::message)
                        .allMatch(message -> message.attempts() < SELDOM_RECEIVED
                                && message.firstSentAt().plus(YOUNG).isAfter(now)
                                && !message.sendAlone());
    }

    /** Sends until something speaks against it, and says how long to wait for an answer before trying again. */
    private Duration sendWhatMayGo() {
        agenda.askAgain();
        while (inFlight.count() < (probing ? 1 : AT_ONCE)) {
            Instant now = services.clock().instant();
            PlannedRequest next = agenda.next(now);
            if (next == null) {
                return agenda.untilNext(now, Deadline.REQUEST_TIMEOUT);
            }
            Duration timeout = deadline.timeoutAt(now);
            if (timeout == null) {
                agenda.stop(Waits.exactly(TIME_USED_UP));
                continue;
            }
            RefreshGate.Answer answer = services.gate().ask(next.asked(lane), now, deadline.tableCall());
            Instant answered = services.clock().instant(); // seconds later where the table is slow
            if (looksLater
                    && next.search() == null // claiming withdraws what a search may no longer send
                    && mayGo(answer)
                    && !(answer instanceof Granted && isStillOpen(next, answered))) {
                if (answer instanceof Granted(Permit permit, int _)) {
                    services.gate().unused(permit, answered, deadline.tableCall());
                }
                looksLater = false;
                lookUpAgain(answered);
                continue;
            }
            switch (answer) {
                case Granted(Permit permit, int tokens) ->
                    send(next, new Pass(permit, tokens, null, false), now, timeout);
                case NotBefore(Duration retryIn, RefreshGate.Why why)
                when why == RefreshGate.Why.SPARED && retryIn.compareTo(HeldBack.SHORTEST) > 0 -> {
                    Duration pace = sendFilledOrHold(next, answered, timeout);
                    if (pace.isPositive()) {
                        return pace;
                    }
                }
                case NotBefore(Duration retryIn, RefreshGate.Why why)
                when why == RefreshGate.Why.SEARCH_SHARE -> holdSearches(next, retryIn, answered);
                case NextShared(Duration retryIn, Duration interval, boolean isMadeByOthers) -> {
                    if (isMadeByOthers) {
                        leaveBeyond(0, next.collection(), answered);
                    } else if (deadline.allowsHolding(retryIn, answered)) {
                        if (evenly.add(next.collection())) {
                            leaveBeyond(deadline.requestsEvery(interval, answered), next.collection(), answered);
                        }
                        if (!agenda.hasOthers(next.collection(), answered)) {
                            return retryIn;
                        }
                        agenda.hold(next.collection(), answered.plus(retryIn));
                    } else {
                        // Each minute would be a delivery, and what is delivered too often expires.
                        leaveBeyond(0, next.collection(), answered);
                    }
                }
                case NotBefore(Duration retryIn, RefreshGate.Why _) -> {
                    if (deadline.allowsWaiting(retryIn, answered)) {
                        return retryIn;
                    }
                    agenda.leaveAll(left -> appointments(left, answered));
                }
            }
        }
        return Deadline.REQUEST_TIMEOUT;
    }

    /** The other requests go on; the search goes on when it may, or in a later pass. */
    private void holdSearches(PlannedRequest next, Duration retryIn, Instant now) {
        if (deadline.allowsWaiting(retryIn, now)) {
            agenda.holdSearches(now.plus(retryIn));
        } else {
            agenda.take(next);
            agenda.leave(next, Waits.exactly(retryIn));
        }
    }

    private void leaveBeyond(int staying, CollectionId collection, Instant now) {
        agenda.leaveBeyond(staying, collection, left -> appointments(left, now));
    }

    private List<Duration> appointments(List<PlannedRequest> left, Instant now) {
        return services.gate().appointments(left.stream().map(this::inLine).toList(), now, deadline.tableCall());
    }

    /** What goes on in a message of its own comes back soon, however long it has to wait. */
    private Request inLine(PlannedRequest request) {
        boolean goesOnElsewhere = (request.search() != null && request.search().hasLearned())
                || request.updates().stream().anyMatch(update -> fates.isFinished(update.message()));
        Request asked = request.asked(lane);
        return goesOnElsewhere ? asked.hiddenAtMost(SqsLimits.MAX_DELAY) : asked;
    }

    /**
     * Sends a partly filled request if those in the waiting room fill it, or if it was promised to them that they may go now,
     * and else lets it wait there too.
     *
     * @return how long the pace asks to wait before it can be sent; zero if it was sent or left
     */
    private Duration sendFilledOrHold(PlannedRequest next, Instant now, Duration timeout) {
        Seated seated = roomOf(next).look(next.collection(), deadline.tableCall());
        List<TokenUpdate> open = next.takesOthers() ? loading.open(next, seated, now) : List.of();
        boolean isFull = next.takesOthers() && Loading.isFull(next, open);
        Duration due = null;
        if (isFull || seated.promised() != null) {
            Request request = isFull
                    ? next.asked(lane).filledUp(next.updates().size() + riding(next, open))
                    : next.asked(lane).promised(seated.promised());
            switch (services.gate().ask(request, now, deadline.tableCall())) {
                case Granted(Permit permit, int tokens) -> {
                    send(next, new Pass(permit, tokens, new Waiting(seated, open), isFull), now, timeout);
                    return Duration.ZERO;
                }
                case NotBefore(Duration retryIn, RefreshGate.Why why) -> {
                    if (why == RefreshGate.Why.PACED
                            && deadline.allowsWaiting(retryIn, services.clock().instant())) {
                        return retryIn;
                    }
                    due = why == RefreshGate.Why.SPARED ? retryIn : null;
                }
                case NextShared _ -> {}
            }
        }
        agenda.take(next);
        hold(next, seated, due != null ? due : heldBack.due(next, now, deadline), now);
        return Duration.ZERO;
    }

    private WaitingRoom roomOf(PlannedRequest request) {
        return request.takesOthers() ? services.room() : services.room().apart();
    }

    private static int riding(PlannedRequest next, List<TokenUpdate> open) {
        return next.vacancy().holds(open.stream().map(TokenUpdate::json).toList());
    }

    private void hold(PlannedRequest request, Seated seated, Duration due, Instant now) {
        hold(request, request.updates().stream().map(QueuedUpdate::token).toList(), seated, due, now);
    }

    private void hold(PlannedRequest request, List<TokenUpdate> tokens, Seated seated, Duration due, Instant now) {
        Instant promised = seated.promised();
        roomOf(request).enter(tokens, seated, promised != null ? promised : now.plus(due), now, deadline.tableCall());
        Waits.Wait wait = Waits.exactly(heldBack.comesBack(due));
        agenda.leave(request, wait);
        if (request.isSuspicious()) {
            agenda.leaveSuspicious(request.collection(), wait);
        }
    }

    /**
     * What the gate granted.
     *
     * @param waiting those in the waiting room who may ride along; null if nobody has looked
     * @param isForFull whether it may only go with as many of them as fill it
     */
    private record Pass(Permit permit, int tokens, @Nullable Waiting waiting, boolean isForFull) {}

    private void send(PlannedRequest next, Pass granted, Instant now, Duration timeout) {
        String key;
        try {
            key = services.apiKey().current();
        } catch (ApiKeyUnavailable e) {
            services.gate().unused(granted.permit(), now, deadline.tableCall());
            consequences.keyUnavailable(e, now);
            return;
        }
        agenda.take(next);
        Waiting waiting = granted.waiting() == null && lane == Lane.BULK && next.takesOthers()
                ? loading.stillWaiting(next, now)
                : granted.waiting();
        PlannedRequest planned =
                cut(lane == Lane.BULK && waiting != null ? beside(waiting, next) : next, granted.tokens());
        var lease =
                new Lease(passName + "/" + requests++, now, now.plus(timeout).plus(LEASE_MARGIN));
        Load load = loading.load(planned, granted.tokens(), lease, waiting);
        withdrawDenied(planned, load.request());
        Duration left = timeoutWithin(lease);
        // Where the quota counts tokens, fewer may have been granted than would fill it: then what is left of it goes.
        boolean isFilled = !granted.isForFull()
                || load.tokens().size() >= granted.tokens()
                || Loading.isFull(load.request(), load.riders());
        if (load.request().updates().isEmpty() || left == null || !isFilled) {
            Instant then = services.clock().instant();
            ended(lease, load, new TokenLedger.NotApplied(false), false, then);
            services.gate().unused(granted.permit(), then, deadline.tableCall());
            if (load.request().updates().isEmpty()) {
                consequences.askNext(load.request());
                denied(then);
            } else if (left != null) {
                // Others took those from the waiting room meanwhile.
                hold(load.request(), load.tokens(), Seated.NOBODY, heldBack.due(load.request(), then, deadline), then);
            } else {
                agenda.leave(load.request(), Waits.exactly(TIME_USED_UP));
            }
            return;
        }
        deniedInARow = 0;
        agenda.asks(load.request());
        byte[] body = RequestBody.of(load.json());
        inFlight.send(new Sent(lease, load, granted.permit(), body.length, key, now), body, left);
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
    private static boolean mayGo(RefreshGate.Answer answer) {
        return switch (answer) {
            case Granted _ -> true;
            case NotBefore(Duration _, RefreshGate.Why why) -> why == RefreshGate.Why.SPARED;
            case NextShared _ -> false;
        };
    }

    /** Whether all of it may still be sent; if not, what is left of it is planned anew. */
    private boolean isStillOpen(PlannedRequest next, Instant now) {
        List<QueuedUpdate> open = loading.stillOpen(next.updates(), now);
        boolean isSame = open.size() == next.updates().size()
                && open.stream().allMatch(update -> loading.failures(update) < TokenLedger.SUSPICIOUS_FAILURES);
        if (!isSame) {
            agenda.take(next);
            collections.plan(open, loading::failures, now);
        }
        return isSame;
    }

    private void lookUpAgain(Instant now) {
        collections.plan(loading.stillOpen(agenda.takeAll(), now), loading::failures, now);
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
    private PlannedRequest beside(Waiting waiting, PlannedRequest next) {
        List<TokenJson> riders = waiting.open().stream().map(TokenUpdate::json).toList();
        if (riders.isEmpty()) {
            return next;
        }
        int riding = MOST_BESIDE_BULK.holds(riders);
        Vacancy vacancy = Vacancy.beside(riders.subList(0, riding));
        List<QueuedUpdate> updates = next.updates();
        int staying = Math.max(
                1,
                vacancy.holds(
                        updates.stream().map(update -> update.token().json()).toList()));
        if (staying >= updates.size()) {
            return next;
        }
        agenda.first(filledUp(next.with(updates.subList(staying, updates.size()))));
        return next.with(updates.subList(0, staying));
    }

    private PlannedRequest filledUp(PlannedRequest request) {
        PlannedRequest filled = request;
        while (filled.vacancy().takesAny()) {
            List<QueuedUpdate> others = agenda.takeLast(request.collection(), filled.vacancy());
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
        agenda.first(next.with(updates.subList(tokens, updates.size())));
        return next.with(updates.subList(0, tokens));
    }

    /** Claiming took its time too: what is left for the request, or null if that is not worth beginning. */
    private @Nullable Duration timeoutWithin(Lease lease) {
        Instant now = services.clock().instant();
        Duration timeout = deadline.timeoutAt(now);
        Duration leased = Duration.between(now, lease.end().minus(LEASE_MARGIN.dividedBy(2)));
        if (timeout == null || leased.compareTo(Deadline.LEAST) < 0) {
            return null;
        }
        return timeout.compareTo(leased) < 0 ? timeout : leased;
    }

    private void take(Answer answer) {
        Sent sent = answer.sent();
        Instant answered = services.clock().instant();
        anythingAccepted |= answer.outcome() instanceof RefreshOutcome.Accepted;
        probing &=
                answer.outcome() instanceof RefreshOutcome.Failed || answer.outcome() instanceof RefreshOutcome.Unknown;
        // First of all, as nothing may be reported as done that nobody can look up.
        boolean recorded = ended(
                sent.lease(),
                sent.load(),
                requestEnd(answer.outcome(), sent.load(), answered),
                answer.outcome() instanceof RefreshOutcome.Refused,
                answered);
        Instant now = services.clock().instant();
        int failures = services.gate()
                .answered(
                        sent.permit().carrying(sent.load().tokens().size()),
                        answer.outcome(),
                        now,
                        deadline.tableCall());
        record.write(answer, answered);
        consequences.of(answer.outcome(), sent, recorded, failures, now);
    }

    private boolean ended(Lease lease, Load load, TokenLedger.RequestEnd end, boolean isRefused, Instant now) {
        boolean recorded = services.ledger().ended(lease.name(), end, now, deadline.tableCall());
        if (!load.riders().isEmpty()) {
            Instant then = services.clock().instant();
            // One of them may be why it was refused, and would be again with each request that took it along.
            TokenLedger.RequestEnd theirs = isRefused ? new TokenLedger.RefusedWithOthers() : end;
            services.ledger().ended(lease.ofWaitingRoom().name(), theirs, then, deadline.tableCall());
        }
        return recorded;
    }

    private TokenLedger.RequestEnd requestEnd(RefreshOutcome outcome, Load load, Instant now) {
        return switch (outcome) {
            case RefreshOutcome.Accepted _ -> new TokenLedger.Accepted();
            case RefreshOutcome.Unknown _ ->
                new TokenLedger.Unknown(now.plus(UNKNOWN_FOR), countsForItsTokens(load, now));
            case RefreshOutcome.Failed _ -> new TokenLedger.NotApplied(countsForItsTokens(load, now));
            // A group is searched. While nothing is accepted it leaves its mark, so that other tokens are tried next.
            case RefreshOutcome.Refused _ ->
                load.tokens().size() == 1
                        ? new TokenLedger.RefusedAlone(collections.isLoneRefusalCertain(
                                load.request().updates().getFirst()))
                        : new TokenLedger.NotApplied(!anythingAccepted);
            case RefreshOutcome.KeyRefused _,
                    RefreshOutcome.Forbidden _,
                    RefreshOutcome.CollectionNotFound _,
                    RefreshOutcome.Throttled _ -> new TokenLedger.NotApplied(false);
        };
    }

    /** Of a token that failed alone it is known which it was, so that another one goes next. */
    private boolean countsForItsTokens(Load load, Instant now) {
        return load.tokens().size() == 1 || othersAreAccepted(now);
    }

    /** Whether the API works for others, so that a failure may be the tokens' own. */
    private boolean othersAreAccepted(Instant now) {
        if (anythingAccepted) {
            return true;
        }
        RefreshGate.ApiHealth health = services.gate().health(now, deadline.tableCall());
        Instant last = health.lastAccepted();
        // Under a small quota the last few requests may lie hours apart.
        return last != null
                && (last.isAfter(now.minus(ACCEPTED_LATELY)) || health.failuresInARow() < Consequences.DOWN);
    }
}
