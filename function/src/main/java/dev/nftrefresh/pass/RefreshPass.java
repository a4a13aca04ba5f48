package dev.nftrefresh.pass;

import dev.nftrefresh.api.ApiKeyUnavailable;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.batch.RequestBody;
import dev.nftrefresh.batch.Vacancy;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.pacing.RefreshGate.Granted;
import dev.nftrefresh.pacing.RefreshGate.NotBefore;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.pacing.RefreshGate.Request;
import dev.nftrefresh.pass.InFlight.Answer;
import dev.nftrefresh.pass.InFlight.Sent;
import dev.nftrefresh.pass.Loading.Lease;
import dev.nftrefresh.pass.Loading.Load;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.room.WaitingRoom.Seated;
import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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
    /** What remains when the time is used up comes back almost at once, to the next invocation. */
    private static final Duration TIME_USED_UP = Duration.ofSeconds(1);

    private final Services services;
    private final Lane lane;
    private final Fates fates;
    private final Deadline deadline;
    private final String passName;
    private final JsonLog log;
    private final InFlight inFlight;
    private final RequestRecord record;
    private final Waits waits;
    private final Contenders contenders;
    private final Agenda agenda;
    private final Loading loading;
    private final HeldBack heldBack;
    private final RefusedAlone refusedAlone = new RefusedAlone();
    private final Consequences consequences;
    private int requests;

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
        this.fates = fates;
        this.deadline = deadline;
        this.passName = passName;
        this.log = log;
        this.inFlight = inFlight;
        this.record = new RequestRecord(services.metrics(), log);
        this.waits = new Waits(services.backoff());
        this.contenders = new Contenders(updates, fates);
        this.agenda = new Agenda(contenders, refusedAlone, waits);
        this.loading = new Loading(services, contenders, agenda, waits);
        this.heldBack = new HeldBack(services, lane);
        this.consequences = new Consequences(
                agenda, contenders, refusedAlone, waits, deadline, services.apiKey(), services.metrics(), log);
    }

    /** Runs to the end: when it returns, every update has its fate. */
    void run() {
        while (!agenda.isEmpty() || inFlight.count() > 0 || contenders.hasTurns()) {
            if (agenda.isEmpty() && inFlight.count() == 0) {
                agenda.plan(loading.stillOpen(
                        contenders.takeTurns(), services.clock().instant()));
            }
            Duration pause = sendWhatMayGo();
            if (!agenda.isEmpty() || inFlight.count() > 0) {
                Answer answer = inFlight.await(pause);
                if (answer != null) {
                    take(answer);
                }
            }
        }
        acquit();
    }

    /** Sends until something speaks against it, and says how long to wait for an answer before trying again. */
    private Duration sendWhatMayGo() {
        while (inFlight.count() < AT_ONCE) {
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
            switch (services.gate().ask(next.asked(lane), now, Deadline.GATE_PATIENCE)) {
                case Granted(Permit permit, int tokens) -> send(next, new Pass(permit, tokens, null), now, timeout);
                case NotBefore(Duration retryIn, RefreshGate.Why why)
                when why == RefreshGate.Why.SPARED && retryIn.compareTo(HeldBack.SHORTEST) > 0 ->
                    sendFilledOrHold(next, now, timeout);
                case NotBefore(Duration retryIn, RefreshGate.Why _) -> {
                    if (deadline.allowsWaiting(retryIn, now)) {
                        return retryIn;
                    }
                    agenda.leaveAll(left -> appointments(left, now), now);
                }
            }
        }
        return Deadline.REQUEST_TIMEOUT;
    }

    private List<Duration> appointments(List<PlannedRequest> left, Instant now) {
        return services.gate()
                .appointments(left.stream().map(request -> request.asked(lane)).toList(), now, Deadline.GATE_PATIENCE);
    }

    /** Those in the waiting room may be enough to fill it. */
    private void sendFilledOrHold(PlannedRequest next, Instant now, Duration timeout) {
        Seated seated = services.room().look(next.collection());
        Vacancy left = next.vacancy();
        List<TokenJson> waiting =
                seated.updates().stream().map(TokenUpdate::json).toList();
        int riding = left.holds(waiting);
        if (!left.less(waiting.subList(0, riding)).takesAny()) {
            var full = new Request(next.collection(), next.updates().size() + riding, true, false, lane);
            if (services.gate().ask(full, now, Deadline.GATE_PATIENCE) instanceof Granted(Permit permit, int tokens)) {
                send(next, new Pass(permit, tokens, seated), now, timeout);
                return;
            }
        }
        agenda.leaveNext(heldBack.hold(next, seated, now));
    }

    /** What the gate granted, and who was seen in the waiting room for it. */
    private record Pass(Permit permit, int tokens, @Nullable Seated seated) {}

    private void send(PlannedRequest next, Pass granted, Instant now, Duration timeout) {
        String key;
        try {
            key = services.apiKey().current();
        } catch (ApiKeyUnavailable e) {
            services.gate().unused(granted.permit(), now, Deadline.GATE_PATIENCE);
            consequences.keyUnavailable(e);
            return;
        }
        agenda.takeNext();
        PlannedRequest planned = cut(next, granted.tokens());
        var lease =
                new Lease(passName + "/" + requests++, now, now.plus(timeout).plus(LEASE_MARGIN));
        Load load = loading.load(planned, lease, granted.seated());
        Duration left = timeoutWithin(lease);
        if (load.request().updates().isEmpty() || left == null) {
            ended(lease, load, new TokenLedger.NotApplied());
            services.gate().unused(granted.permit(), now, Deadline.GATE_PATIENCE);
            agenda.ended(planned);
            if (load.request().updates().isEmpty()) {
                agenda.first(RefusalSearch.afterAcceptance(load.request()));
            } else {
                agenda.leave(load.request(), Waits.exactly(TIME_USED_UP));
            }
            return;
        }
        byte[] body = RequestBody.of(load.json());
        inFlight.send(new Sent(lease, load, granted.permit(), body.length, key, now), body, left);
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
        Instant now = services.clock().instant();
        Sent sent = answer.sent();
        services.gate()
                .answered(
                        sent.permit().carrying(sent.load().tokens().size()),
                        answer.outcome(),
                        now,
                        Deadline.GATE_PATIENCE);
        ended(sent.lease(), sent.load(), requestEnd(answer.outcome(), now));
        record.write(answer, now);
        consequences.of(answer.outcome(), sent, now);
    }

    private void ended(Lease lease, Load load, TokenLedger.RequestEnd end) {
        services.ledger().ended(lease.name(), end);
        if (!load.riders().isEmpty()) {
            services.ledger().ended(lease.ofRiders().name(), end);
        }
    }

    private static TokenLedger.RequestEnd requestEnd(RefreshOutcome outcome, Instant now) {
        return switch (outcome) {
            case RefreshOutcome.Accepted _ -> new TokenLedger.Accepted();
            case RefreshOutcome.Unknown _ -> new TokenLedger.Unknown(now.plus(UNKNOWN_FOR));
            default -> new TokenLedger.NotApplied();
        };
    }

    /** If it is the requests that are refused and not the tokens, these and the parts of the search go back as they came. */
    private void acquit() {
        List<QueuedUpdate> acquitted = refusedAlone.acquitted();
        if (!acquitted.isEmpty()) {
            services.metrics().trouble(RefreshMetrics.Trouble.REQUEST_REFUSED);
            log.error("The API refused every token alone and accepted nothing, so it is not the tokens: every request "
                    + "was refused. They go back to the queue; compare a request with the API's reference.");
            Duration retryIn = waits.growing().of(PlannedRequest.of(acquitted));
            Stream.concat(acquitted.stream(), agenda.leftAlone().stream())
                    .forEach(update -> fates.set(update, new Fate.Returned(retryIn)));
        }
    }
}
