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
import dev.nftrefresh.pacing.RefreshGate.NotBefore;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.pacing.RefreshGate.Request;
import dev.nftrefresh.pacing.RefreshGate.Why;
import dev.nftrefresh.table.Notes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a gate knows and decides, wherever it is kept: read from notes before each step and written down after it. It
 * closes itself when nothing remains, before a 429 says so; and while nothing is known it lets one request find out
 * before the others follow. Not for several threads.
 */
final class GateState {
    /** An answer takes about that long, so asking more often would only cost CPU. */
    private static final NotBefore WHEN_ANSWERED = new NotBefore(Duration.ofMillis(50), Why.PACED);

    private static final String LAST_GRANTED = "last_granted";

    private final Pace pace;
    private final UnderWay underWay;
    private final Throttling throttling;
    private final Failures failures;
    private final Learned learned;
    private final UnitSense unit;
    private final QuotaProfile profile;
    private final Appointments appointments;
    private final Sparing sparing;
    private final Budget budget;
    private long lastGranted;

    /** What these notes say; of none, that nothing was heard yet. */
    GateState(GateSettings settings, Notes notes) {
        pace = new Pace(settings.maxRequestsPerSecond(), notes);
        underWay = new UnderWay(notes);
        throttling = new Throttling(notes);
        failures = new Failures(notes);
        learned = new Learned(notes);
        unit = new UnitSense(settings.quotaUnit(), notes);
        profile = new QuotaProfile(notes);
        var reserve = new Reserve(settings.liveReservePercent(), profile);
        appointments = new Appointments(profile, new Rhythms(profile, unit, pace, reserve), notes);
        sparing = new Sparing(notes);
        budget = new Budget(profile, unit, underWay, reserve);
        lastGranted = notes.number(LAST_GRANTED, 0);
    }

    Notes notes() {
        var notes = new Notes();
        notes.put(LAST_GRANTED, lastGranted);
        pace.note(notes);
        underWay.note(notes);
        throttling.note(notes);
        failures.note(notes);
        learned.note(notes);
        unit.note(notes);
        profile.note(notes);
        appointments.note(notes);
        sparing.note(notes);
        return notes;
    }

    Answer ask(Request request, Instant now) {
        look(now);
        Instant closedUntil = throttling.closedUntil();
        if (closedUntil != null) {
            return closed(now, closedUntil);
        }
        NotBefore spared = spared(request, now);
        if (spared != null) {
            return spared;
        }
        return switch (learned.allowance()) {
            case Untold _ -> underWay.requests() == 0 ? atPace(request, request.tokens(), now) : WHEN_ANSWERED;
            case Unbounded _ -> atPace(request, request.tokens(), now);
            case Window window -> within(window, request, now);
        };
    }

    private Answer within(Window window, Request request, Instant now) {
        int allowed = budget.affordable(window, request, now);
        if (allowed > 0) {
            return atPace(request, allowed, now);
        }
        // Answers under way may tell that more remains; without any, nothing changes until the window opens.
        return underWay.requests() > 0 ? WHEN_ANSWERED : closed(now, budget.opens(window, request, now));
    }

    void unused(Permit permit) {
        underWay.ended(permit);
        sparing.unused(permit);
        if (permit.number() == lastGranted) {
            pace.unused();
        }
    }

    int answered(Permit permit, RefreshOutcome outcome, Instant now) {
        look(now);
        boolean wasUnderWay = underWay.ended(permit);
        switch (outcome) {
            case RefreshOutcome.Accepted(Quota quota) -> {
                throttling.accepted(permit);
                learned.accepted(permit, lastGranted, quota, now);
                profile.learn(quota, false, now);
                unit.accepted(permit.tokens(), quota, underWay.requests(), profile.steadyUnit(), now);
            }
            case RefreshOutcome.Throttled(Quota quota, ApiError _) -> {
                throttling.throttled(permit, lastGranted, quota, now);
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
            }
        }
        return failures.answered(permit, lastGranted, outcome, now);
    }

    ApiHealth health() {
        return failures.health();
    }

    /** How long until a request of this request that may not go now comes back; it has a place in line then. */
    Duration appointment(Request request, Instant now) {
        look(now);
        Instant closedUntil = throttling.closedUntil();
        if (closedUntil == null) {
            NotBefore spared = spared(request, now);
            if (spared != null) {
                return spared.retryIn();
            }
        }
        Instant exhaustedUntil = exhaustedUntil(request, closedUntil, now);
        if (exhaustedUntil != null) {
            appointments.opensAt(request.lane(), exhaustedUntil, now);
            return Duration.between(now, appointments.make(request, exhaustedUntil, now));
        }
        return closedUntil != null ? Duration.between(now, closedUntil) : paced(request, now);
    }

    /** Behind those who came before, at the pace. */
    private Duration paced(Request request, Instant now) {
        Duration left = pace.left(now);
        return left.isPositive()
                ? Duration.between(now, appointments.make(request, now.plus(left), now))
                : Duration.ZERO;
    }

    /** When the quota, and not only this moment, is used up: until when. */
    private @Nullable Instant exhaustedUntil(Request request, @Nullable Instant closedUntil, Instant now) {
        if (closedUntil != null) {
            return throttling.isExhausted() ? closedUntil : null;
        }
        if (learned.allowance() instanceof Window window && budget.affordable(window, request, now) == 0) {
            return budget.opens(window, request, now);
        }
        return null;
    }

    private @Nullable NotBefore spared(Request request, Instant now) {
        if (request.isFull()) {
            return null;
        }
        Instant due = appointments.next(request, now);
        if (due == null && learned.allowance() instanceof Window window) {
            due = sparing.due(
                    window,
                    budget.credit(window, request.lane(), now),
                    budget.costOfPartlyFilled(request.tokens()),
                    profile.steadyUnit(),
                    now);
        }
        return due != null && due.isAfter(now) ? new NotBefore(upToMillis(now, due), Why.SPARED) : null;
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
        Instant closedUntil = throttling.closedUntil();
        boolean opened = closedUntil != null && !closedUntil.isAfter(now);
        if (opened) {
            throttling.opened();
        }
        if (opened || (learned.allowance() instanceof Window window && budget.isOver(window, now))) {
            learned.forget(lastGranted);
        }
    }

    private static NotBefore closed(Instant now, Instant until) {
        return new NotBefore(upToMillis(now, until), Why.CLOSED);
    }

    private static Duration upToMillis(Instant now, Instant until) {
        return Duration.between(now, until).plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    }

    private Answer atPace(Request request, int tokens, Instant now) {
        Duration left = pace.left(now);
        if (left.isPositive()) {
            return new NotBefore(left, Why.PACED);
        }
        pace.went(now);
        var permit = new Permit(++lastGranted, now, tokens);
        underWay.started(permit);
        if (!request.isFull()) {
            sparing.went(permit);
        }
        // Where requests count, others may go with them for nothing.
        return new Granted(permit, unit.tokensCount() ? tokens : RequestLimits.TOKENS);
    }
}
