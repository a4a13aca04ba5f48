package dev.nftrefresh.pacing;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.api.Quota;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.RequestLimits;
import dev.nftrefresh.pacing.Allowance.Unbounded;
import dev.nftrefresh.pacing.Allowance.Untold;
import dev.nftrefresh.pacing.Allowance.Window;
import dev.nftrefresh.pacing.RefreshGate.Answer;
import dev.nftrefresh.pacing.RefreshGate.ApiHealth;
import dev.nftrefresh.pacing.RefreshGate.Granted;
import dev.nftrefresh.pacing.RefreshGate.NextShared;
import dev.nftrefresh.pacing.RefreshGate.NotBefore;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.pacing.RefreshGate.Request;
import dev.nftrefresh.pacing.RefreshGate.Why;
import dev.nftrefresh.table.Notes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a gate knows and decides, wherever it is kept: read from notes before each step and written down after it. It
 * closes itself when nothing remains, before a 429 says so; and while nothing is known it lets one request find out
 * before the others follow. Not for several threads.
 */
final class GateState {
    private static final Duration AN_ANSWER = Duration.ofMillis(250);
    /** A copy that waits for an answer asks again after this part of the time that the answer has taken so far. */
    private static final int PARTS_OF_ANSWER = 4;

    private static final Duration LONGEST_FOR_AN_ANSWER = Duration.ofSeconds(1);
    /** Who was promised the next unit comes within seconds. */
    private static final NotBefore FOR_THE_PROMISED = new NotBefore(Duration.ofSeconds(1), Why.PACED);
    /** Live updates that ask now find out first, under a steady refill. */
    private static final NotBefore AFTER_LIVE = new NotBefore(Duration.ofSeconds(1), Why.PACED);

    /** Bulk is due, and comes within this. */
    private static final Duration FOR_BULK = Duration.ofSeconds(2);
    /** Under a steady refill, so many calls that were saved up are kept, and what is more goes at once. */
    private static final long SURPLUS = 20;
    /** So long after bulk was due, live updates no longer wait for it: its copy may have died. */
    private static final Duration LATE_BULK = Duration.ofSeconds(15);

    /** Where a key is replaced, the copies find the new one after a 401 each. */
    private static final int KEY_IS_REFUSED = 3;

    private static final String LAST_GRANTED = "last_granted";

    private final Pace pace;
    private final UnderWay underWay;
    private final LongWaits longWaits;
    private final Throttling throttling;
    private final Failures failures;
    private final Learned learned;
    private final UnitSense unit;
    private final QuotaProfile profile;
    private final Appointments appointments;
    private final PartlyFilledLine partlyFilled;
    private final Reserve reserve;
    private final LiveDemand live;
    private final SearchShare searches;
    private final SharedCalls shared;
    private final Budget budget;
    private final String copy;
    private long lastGranted;

    /**
     * What these notes say; of none, that nothing was heard yet.
     *
     * @param copy that asks
     */
    GateState(GateSettings settings, String copy, Notes notes) {
        this.copy = Integer.toHexString(copy.hashCode());
        pace = new Pace(settings.maxRequestsPerSecond(), notes);
        underWay = new UnderWay(notes);
        longWaits = new LongWaits(notes);
        throttling = new Throttling(longWaits, notes);
        failures = new Failures(notes);
        learned = new Learned(longWaits, notes);
        unit = new UnitSense(settings.quotaUnit(), notes);
        profile = new QuotaProfile(notes);
        live = new LiveDemand(notes);
        shared = new SharedCalls(settings.sharesCalls(), profile, unit, notes);
        reserve = new Reserve(settings.liveReservePercent(), profile, live, shared);
        appointments = new Appointments(profile, new Rhythms(profile, unit, pace, reserve), notes);
        partlyFilled = new PartlyFilledLine(notes);
        searches = new SearchShare(notes);
        budget = new Budget(profile, unit, underWay, reserve);
        lastGranted = notes.number(LAST_GRANTED, 0);
    }

    Notes notes() {
        var notes = new Notes();
        notes.put(LAST_GRANTED, lastGranted);
        pace.note(notes);
        underWay.note(notes);
        longWaits.note(notes);
        throttling.note(notes);
        failures.note(notes);
        learned.note(notes);
        unit.note(notes);
        profile.note(notes);
        appointments.note(notes);
        partlyFilled.note(notes);
        live.note(notes);
        searches.note(notes);
        shared.note(notes);
        return notes;
    }

    Answer ask(Request request, Instant now) {
        look(now);
        comes(request, now);
        Instant closedUntil = throttling.closedUntil();
        if (closedUntil != null) {
            return closed(now, closedUntil);
        }
        NotBefore heldBack = heldBack(request, now);
        if (heldBack != null) {
            return heldBack;
        }
        return switch (learned.allowance()) {
            case Untold _ -> findsOut(request, now);
            case Unbounded _ -> atPace(request, Budget.mostTokens(request), now);
            case Window window -> within(window, request, now);
        };
    }

    private void comes(Request request, Instant now) {
        if (request.lane() == Lane.LIVE) {
            live.asked(now);
        }
        searches.comes(request, now, now);
        shared.asked(request, now);
    }

    private Answer findsOut(Request request, Instant now) {
        if (underWay.requests() > 0) {
            return whenAnswered(now);
        }
        boolean isBehindLive = request.lane() == Lane.BULK
                && !shared.isShared(request.collection(), now)
                && profile.steadyUnit() != null
                && live.isNow(now);
        return isBehindLive ? AFTER_LIVE : atPace(request, Budget.mostTokens(request), now);
    }

    private Answer within(Window window, Request request, Instant now) {
        Answer next = nextShared(window, request, now);
        if (next != null) {
            return next;
        }
        int allowed = budget.affordable(window, request, promised(request, now), now);
        if (allowed > 0) {
            return atPace(request, allowed, now);
        }
        if (underWay.requests() == 0 && budget.affordable(window, request, 0, now) > 0) {
            return FOR_THE_PROMISED;
        }
        // Answers under way may tell that more remains; without any, nothing changes until the window opens.
        if (underWay.requests() > 0) {
            return whenAnswered(now);
        }
        Instant opens = budget.opens(window, request, now);
        Duration interval = isSharedByBulk(request, now) ? interval(window, request, now) : null;
        return interval != null && !opens.isAfter(now.plus(SharedCalls.LONGEST_INTERVAL))
                ? new NextShared(TimeLeft.inMillis(opens, now), interval, false)
                : closed(now, opens);
    }

    private boolean isSharedByBulk(Request request, Instant now) {
        return request.lane() == Lane.BULK && request.isFull() && shared.isShared(request.collection(), now);
    }

    /** Why this request of bulk must wait although the quota may be open; null if it need not, or shares its calls with nobody. */
    private @Nullable NextShared nextShared(Window window, Request request, Instant now) {
        SharedCalls.Call last = isSharedByBulk(request, now) ? shared.lastCall(request.collection(), now) : null;
        Duration interval = last == null ? null : interval(window, request, now);
        if (last == null || interval == null || interval.isZero()) {
            return null;
        }
        boolean isMine = last.copy().equals(copy);
        Instant due = last.at().plus(interval).plus(isMine ? Duration.ZERO : FOR_BULK);
        boolean isNext = isMine || shared.isNext(request.collection(), copy, now);
        return due.isAfter(now) ? new NextShared(TimeLeft.inMillis(due, now), interval, !isNext) : null;
    }

    /** The time between two calls of bulk that use up evenly what is left; null if it is too long for live updates. */
    private @Nullable Duration interval(Window window, Request request, Instant now) {
        Duration steady = profile.steadyUnit();
        long cost = budget.cost(RequestLimits.TOKENS);
        long credit = budget.credit(window, request, now);
        if (steady != null) {
            return credit > SURPLUS * cost ? Duration.ZERO : steady.multipliedBy(cost);
        }
        return SharedCalls.interval(window, cost, credit, now);
    }

    /** When bulk's next call takes this partly filled request's updates along; null if none does, or none came. */
    private @Nullable Instant takenAlong(Request request, Instant now) {
        if (!shared.isShared(request.collection(), now) || !(learned.allowance() instanceof Window window)) {
            return null;
        }
        SharedCalls.Call last = shared.lastCall(request.collection(), now);
        Duration interval = interval(window, request, now);
        if (last == null || interval == null) {
            return null;
        }
        Instant next = last.at().plus(interval);
        if (next.isAfter(now)) {
            return next;
        }
        return next.plus(LATE_BULK).isAfter(now) ? now.plus(FOR_BULK) : null;
    }

    /** An answer comes within a fraction of a second, or not at all, where a copy died. */
    private NotBefore whenAnswered(Instant now) {
        Duration part = underWay.longest(now).dividedBy(PARTS_OF_ANSWER);
        Duration wait = part.compareTo(AN_ANSWER) > 0 ? part : AN_ANSWER;
        return new NotBefore(wait.compareTo(LONGEST_FOR_AN_ANSWER) < 0 ? wait : LONGEST_FOR_AN_ANSWER, Why.PACED);
    }

    /** What a full request leaves to partly filled ones to which it was promised. */
    private long promised(Request request, Instant now) {
        return request.isFull() ? partlyFilled.dueNow(now) : 0;
    }

    void unused(Permit permit) {
        underWay.ended(permit);
        partlyFilled.unused(permit);
        if (permit.number() == lastGranted) {
            pace.unused();
        }
    }

    int answered(Permit permit, RefreshOutcome outcome, Instant now) {
        look(now);
        boolean wasUnderWay = underWay.ended(permit);
        int failuresInARow = failures.answered(permit, lastGranted, outcome, now);
        switch (outcome) {
            case RefreshOutcome.Accepted(Quota quota) -> {
                throttling.accepted(permit);
                pace.accepted();
                learned.accepted(permit, lastGranted, quota, now);
                profile.learn(quota, false, now);
                unit.accepted(permit.tokens(), quota, underWay.requests(), profile.steadyUnit(), now);
            }
            case RefreshOutcome.Throttled(Quota quota, ApiError _) -> {
                if (throttling.throttled(permit, lastGranted, quota, now)) {
                    pace.tooFast();
                }
                profile.learn(quota, true, now);
                unit.throttled(permit.tokens(), quota);
            }
            case RefreshOutcome.Refused _,
                    RefreshOutcome.KeyRefused _,
                    RefreshOutcome.Forbidden _,
                    RefreshOutcome.CollectionNotFound _,
                    RefreshOutcome.Failed _,
                    RefreshOutcome.Unknown _ -> {
                unit.lostCount();
                if (wasUnderWay) {
                    learned.mayHaveCounted(unit.tokensCount() ? permit.tokens() : 1);
                }
                if (cameFromBehindTheLimiter(outcome)) {
                    learned.passed(permit);
                }
                if (outcome instanceof RefreshOutcome.KeyRefused && failuresInARow >= KEY_IS_REFUSED) {
                    // Each message would find it out for itself, again and again, for as long as nobody mends it.
                    throttling.throttled(permit, lastGranted, Quota.UNKNOWN, now);
                }
            }
        }
        return failuresInARow;
    }

    ApiHealth health() {
        return failures.health();
    }

    /** How long until a request of this request that may not go now comes back; it has a place in line then. */
    Duration appointment(Request request, Instant now) {
        look(now);
        comes(request, now);
        Instant closedUntil = throttling.closedUntil();
        if (closedUntil == null && isSharedByBulk(request, now) && learned.allowance() instanceof Window window) {
            Duration interval = interval(window, request, now);
            if (interval == null || interval.isPositive()) {
                // At the pace of the whole quota: that of this moment would be another one some minutes later.
                Instant from = interval != null ? now : budget.opens(window, request, now);
                return TimeLeft.until(appointments.makeShared(request, shared.unitTime(), from, now), now);
            }
        }
        if (closedUntil == null) {
            NotBefore heldBack = heldBack(request, now);
            if (heldBack != null) {
                return heldBack.retryIn();
            }
        }
        Instant exhaustedUntil = exhaustedUntil(request, closedUntil, now);
        if (exhaustedUntil == null) {
            return closedUntil != null ? TimeLeft.until(closedUntil, now) : paced(request, now);
        }
        appointments.opensAt(request.lane(), exhaustedUntil, now);
        // Who comes before the opening comes in vain.
        Instant then = TimeLeft.later(appointments.make(request, exhaustedUntil, now), exhaustedUntil);
        searches.comes(request, then, now);
        return TimeLeft.until(then, now);
    }

    /** How long until this partly filled request may go that is held back; where nobody takes it along, that moment is its own. */
    Duration promise(Request request, Instant now) {
        Duration wait = appointment(request, now);
        // Bulk of its own collection takes its updates along with any call: a place in line would be left behind.
        boolean isInLine = !isTakenAlong(request, now) && !shared.hasBulk(request.collection(), now);
        if (throttling.closedUntil() == null && isInLine && spared(request, now) != null) {
            partlyFilled.promised(now.plus(wait));
        }
        return wait;
    }

    /** Behind those who came before, at the pace. */
    private Duration paced(Request request, Instant now) {
        Duration left = pace.left(now);
        return left.isPositive() ? TimeLeft.until(appointments.make(request, now.plus(left), now), now) : Duration.ZERO;
    }

    /** When the quota, and not only this moment, is used up: until when. */
    private @Nullable Instant exhaustedUntil(Request request, @Nullable Instant closedUntil, Instant now) {
        if (closedUntil != null) {
            return throttling.isExhausted() ? closedUntil : null;
        }
        if (learned.allowance() instanceof Window window && budget.affordable(window, request, 0, now) == 0) {
            return budget.opens(window, request, now);
        }
        return null;
    }

    /** Why this request must not go although the quota is open; null if nothing speaks against it. */
    private @Nullable NotBefore heldBack(Request request, Instant now) {
        Duration share = searches.wait(request, budget.cost(request.tokens()), profile.unitTime(), now);
        return share.isPositive() ? new NotBefore(share, Why.SEARCH_SHARE) : spared(request, now);
    }

    private @Nullable NotBefore spared(Request request, Instant now) {
        if (request.isFull()) {
            return null;
        }
        Instant takenAlong = request.waitsForOthers() ? takenAlong(request, now) : null;
        Instant opening = request.waitsForOthers() && takenAlong == null ? appointments.next(request, now) : null;
        Instant promised =
                request.promised() == null ? null : request.promised().plus(grace(takenAlong, opening));
        if (promised != null && !promised.isAfter(now)) {
            return null;
        }
        Instant due = takenAlong != null ? takenAlong : opening != null ? opening : due(request, now);
        if (due == null || !due.isAfter(now)) {
            return null;
        }
        Instant until = promised == null ? due : TimeLeft.earlier(promised, due);
        return new NotBefore(TimeLeft.inMillis(until, now), Why.SPARED);
    }

    /** How much later than promised one goes that others are to take along: bulk's next call, or full ones in line. */
    private static Duration grace(@Nullable Instant takenAlong, @Nullable Instant opening) {
        return takenAlong != null ? LATE_BULK : opening != null ? LongWaits.CREDIBLE : Duration.ZERO;
    }

    private boolean isTakenAlong(Request request, Instant now) {
        return request.waitsForOthers()
                && (takenAlong(request, now) != null || appointments.next(request, now) != null);
    }

    /** When a partly filled request may go by what is spared for later ones; null if at once. */
    private @Nullable Instant due(Request request, Instant now) {
        PartlyFilledLine.Quota quota =
                learned.allowance() instanceof Window window ? quota(window, request, now) : null;
        return quota != null ? partlyFilled.due(quota, now) : null;
    }

    /** What partly filled requests may spend of; null if it is not known when that ends. */
    private PartlyFilledLine.@Nullable Quota quota(Window window, Request request, Instant now) {
        Instant reset = window.reset();
        if (reset == null) {
            return null;
        }
        long credit = budget.credit(window, request, now);
        Duration unitTime = profile.unitTime();
        boolean bulkWaits = request.lane() == Lane.LIVE
                && !shared.isShared(request.collection(), now)
                && (appointments.isBulkInLine(now) || shared.othersHaveBulk(request.collection(), now));
        return new PartlyFilledLine.Quota(
                reset,
                credit,
                budget.costOfPartlyFilled(request.isFull() ? 1 : request.tokens()),
                unitTime != null ? unitTime : TimeLeft.until(reset, now).dividedBy(Math.max(1, credit)),
                profile.steadyUnit() != null,
                !shared.hasBulk(request.collection(), now),
                bulkWaits ? reserve.part() : 0);
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

    /** Forgets what is over. */
    private void look(Instant now) {
        underWay.look(now);
        shared.look(now);
        partlyFilled.look(now);
        Instant closedUntil = throttling.closedUntil();
        boolean opened = closedUntil != null
                && (!closedUntil.isAfter(now)
                        || closedUntil.minus(LongWaits.LONGEST).isAfter(now));
        if (opened) {
            throttling.opened();
        }
        if (opened || (learned.allowance() instanceof Window window && budget.isOver(window, now))) {
            learned.forget(lastGranted);
        }
    }

    private static NotBefore closed(Instant now, Instant until) {
        return new NotBefore(TimeLeft.inMillis(until, now), Why.CLOSED);
    }

    private Answer atPace(Request request, int tokens, Instant now) {
        Duration left = pace.left(now);
        if (left.isPositive()) {
            return new NotBefore(left, Why.PACED);
        }
        pace.went(now);
        var permit = new Permit(++lastGranted, now, tokens);
        underWay.started(permit);
        searches.went(request, budget.cost(request.tokens()), now);
        shared.went(request, copy, now);
        if (!request.isFull()) {
            partlyFilled.went(permit);
        }
        return new Granted(permit, tokens);
    }
}
