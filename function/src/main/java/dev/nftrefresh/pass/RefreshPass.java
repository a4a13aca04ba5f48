package dev.nftrefresh.pass;

import dev.nftrefresh.api.ApiKeyUnavailable;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.batch.RequestBody;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.pacing.RefreshGate.RequestSize;
import dev.nftrefresh.pass.InFlight.Answer;
import dev.nftrefresh.pass.InFlight.Sent;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    private final Fates fates;
    private final Deadline deadline;
    private final String passName;
    private final JsonLog log;
    private final InFlight inFlight;
    private final RequestRecord record;
    private final Waits waits;
    private final Contenders contenders;
    private final Agenda agenda;
    private final RefusedAlone refusedAlone = new RefusedAlone();
    private final Consequences consequences;
    private int requests;

    /**
     * A pass over these updates.
     *
     * @param passName a name that no other pass has: Lambda's request id
     */
    RefreshPass(
            Services services,
            List<QueuedUpdate> updates,
            Fates fates,
            Deadline deadline,
            String passName,
            JsonLog log,
            InFlight inFlight) {
        this.services = services;
        this.fates = fates;
        this.deadline = deadline;
        this.passName = passName;
        this.log = log;
        this.inFlight = inFlight;
        this.record = new RequestRecord(services.metrics(), log);
        this.waits = new Waits(services.backoff(), services.jitter());
        this.contenders = new Contenders(updates, fates);
        this.agenda = new Agenda(contenders, refusedAlone, waits);
        this.consequences = new Consequences(
                agenda, contenders, refusedAlone, waits, deadline, services.apiKey(), services.metrics(), log);
    }

    /** Runs to the end: when it returns, every update has its fate. */
    void run() {
        while (!agenda.isEmpty() || inFlight.count() > 0 || contenders.hasTurns()) {
            if (agenda.isEmpty() && inFlight.count() == 0) {
                agenda.planTurns();
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
            switch (services.gate().ask(size(next), now)) {
                case RefreshGate.Granted(Permit permit, int _) -> send(next, permit, now, timeout);
                case RefreshGate.NotBefore(Duration retryIn, RefreshGate.Why _) -> {
                    if (deadline.allowsWaiting(retryIn, now)) {
                        return retryIn;
                    }
                    agenda.stop(waits.atLeast(retryIn));
                }
            }
        }
        return Deadline.REQUEST_TIMEOUT;
    }

    private static RequestSize size(PlannedRequest planned) {
        return new RequestSize(planned.updates().size(), true);
    }

    private void send(PlannedRequest planned, Permit permit, Instant now, Duration timeout) {
        String key;
        try {
            key = services.apiKey().current();
        } catch (ApiKeyUnavailable e) {
            services.gate().unused(permit);
            consequences.keyUnavailable(e);
            return;
        }
        agenda.takeNext();
        String name = passName + "/" + requests++;
        PlannedRequest claimed = claim(name, planned, now, timeout);
        if (claimed == null) {
            services.gate().unused(permit);
            return;
        }
        byte[] body = RequestBody.of(
                claimed.updates().stream().map(update -> update.token().json()).toList());
        inFlight.send(new Sent(name, claimed, permit, body.length, key, now), body, timeout);
    }

    /** What of the request may be sent, or null if nothing may. */
    private @Nullable PlannedRequest claim(String name, PlannedRequest planned, Instant now, Duration timeout) {
        var tokens = planned.updates().stream().map(QueuedUpdate::token).toList();
        var claims =
                services.ledger().claim(name, tokens, now, now.plus(timeout).plus(LEASE_MARGIN));
        var granted = new ArrayList<QueuedUpdate>(claims.size());
        for (int i = 0; i < claims.size(); i++) {
            QueuedUpdate update = planned.updates().get(i);
            switch (claims.get(i)) {
                case TokenLedger.Granted() -> granted.add(update);
                case TokenLedger.Superseded() -> contenders.settle(update, new Fate.Superseded());
                case TokenLedger.Busy(Duration retryIn) -> contenders.settle(update, new Fate.Returned(retryIn));
            }
        }
        PlannedRequest claimed = planned.with(granted);
        if (granted.isEmpty()) {
            services.ledger().ended(name, new TokenLedger.NotApplied());
            agenda.ended(planned);
            agenda.first(RefusalSearch.afterAcceptance(claimed));
            return null;
        }
        return claimed;
    }

    private void take(Answer answer) {
        Instant now = services.clock().instant();
        Sent sent = answer.sent();
        services.gate().answered(sent.permit(), answer.outcome(), now);
        services.ledger().ended(sent.name(), requestEnd(answer.outcome(), now));
        record.write(answer, now);
        consequences.of(answer.outcome(), sent, now);
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
