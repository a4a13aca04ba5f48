package dev.nftrefresh.pass;

import static dev.nftrefresh.telemetry.JsonLog.field;

import dev.nftrefresh.api.ApiKeyUnavailable;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.batch.RequestBody;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.pass.CollectionTrouble.Trouble;
import dev.nftrefresh.pass.InFlight.Answer;
import dev.nftrefresh.pass.InFlight.Sent;
import dev.nftrefresh.pass.Waits.Wait;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.update.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the updates of one event to their fates. One thread decides everything; other threads only wait for answers.
 */
final class RefreshPass {
    /** Requests under way at once. At 0.3 s an answer this is beyond any pace that the limiter in front allows. */
    private static final int AT_ONCE = 16;
    /** A wait up to this is cheaper in the invocation than another receive of every message. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(5);
    /** After so many failures in a row the API is down, and the other requests need not find it out again. */
    private static final int DOWN = 3;
    /** An outcome that nobody knows may still come true for so long. */
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(2);
    /** A lease outlives its request's timeout by this. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);
    /** What remains when the time is used up comes back almost at once, to the next invocation. */
    private static final Duration TIME_USED_UP = Duration.ofSeconds(1);
    /** Requests that search for refused tokens: two searches of eight steps, and some. */
    private static final int SEARCH_BUDGET = 40;

    private final Services services;
    private final Contenders contenders;
    private final Fates fates;
    private final Deadline deadline;
    private final String passName;
    private final JsonLog log;
    private final InFlight inFlight;
    private final RequestRecord record;
    private final Waits waits;

    private final Deque<PlannedRequest> ready = new ArrayDeque<>();
    private final CollectionTrouble trouble = new CollectionTrouble();
    private final RefusedAlone refusedAlone = new RefusedAlone();
    private @Nullable Wait stopped;
    private int requests;
    private int searched;
    private int failuresInARow;
    private boolean anythingAccepted;

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
        this.contenders = new Contenders(updates, fates);
        this.deadline = deadline;
        this.passName = passName;
        this.log = log;
        this.inFlight = inFlight;
        this.record = new RequestRecord(services.metrics(), log);
        this.waits = new Waits(services.backoff(), services.jitter());
    }

    /** Runs to the end: when it returns, every update has its fate. */
    void run() {
        while (!ready.isEmpty() || inFlight.count() > 0 || contenders.hasTurns()) {
            if (ready.isEmpty() && inFlight.count() == 0) {
                ready.addAll(RequestPlan.of(contenders.takeTurns()));
            }
            Duration pause = sendWhatMayGo();
            if (!ready.isEmpty() || inFlight.count() > 0) {
                Answer answer = inFlight.await(pause);
                if (answer != null) {
                    take(answer);
                }
            }
        }
        var acquitted = refusedAlone.acquitted(anythingAccepted);
        if (!acquitted.isEmpty()) {
            log.error(
                    "The API refused every token alone and nothing was accepted, so it is not the tokens: every request"
                            + " was refused. They go back to the queue; compare a request with the API's reference.");
        }
        for (QueuedUpdate update : acquitted) {
            fates.set(update, new Fate.Returned(waits.growing().of(update.message())));
        }
    }

    /** Sends until something speaks against it, and says how long to wait for an answer before trying again. */
    private Duration sendWhatMayGo() {
        while (!ready.isEmpty() && inFlight.count() < AT_ONCE) {
            PlannedRequest next = ready.getFirst();
            Instant now = services.clock().instant();
            Duration timeout = deadline.timeoutAt(now);
            Trouble known = trouble.of(next.collection());
            if (stopped != null) {
                leave(ready.removeFirst(), stopped);
            } else if (known != null) {
                turnAway(ready.removeFirst(), known, now);
            } else if (next.half() && searched >= SEARCH_BUDGET) {
                leave(ready.removeFirst(), Waits.exactly(Duration.ZERO));
            } else if (timeout == null) {
                stopped = Waits.exactly(TIME_USED_UP);
            } else {
                switch (services.gate().ask(now)) {
                    case RefreshGate.Granted(Permit permit) -> send(ready.removeFirst(), permit, now, timeout);
                    case RefreshGate.NotBefore(Duration retryIn, RefreshGate.Why _) -> {
                        if (isShort(retryIn, now)) {
                            return retryIn;
                        }
                        stopped = waits.atLeast(retryIn);
                    }
                }
            }
        }
        return Deadline.REQUEST_TIMEOUT;
    }

    private boolean isShort(Duration retryIn, Instant now) {
        return retryIn.compareTo(SHORT_WAIT) <= 0 && deadline.timeoutAt(now.plus(retryIn)) != null;
    }

    private void send(PlannedRequest planned, Permit permit, Instant now, Duration timeout) {
        String key;
        try {
            key = services.apiKey().current();
        } catch (ApiKeyUnavailable e) {
            services.gate().unused(permit);
            ready.addFirst(planned);
            stopWithoutKey(e);
            return;
        }
        String name = passName + "/" + requests++;
        PlannedRequest claimed = claim(name, planned, now, timeout);
        if (claimed == null) {
            services.gate().unused(permit);
            return;
        }
        searched += planned.half() ? 1 : 0;
        byte[] body = RequestBody.of(
                claimed.updates().stream().map(update -> update.token().json()).toList());
        inFlight.send(new Sent(name, claimed, permit, body.length, key, now), body, timeout);
    }

    /** What of the request may be sent, or null if nothing may. */
    private @Nullable PlannedRequest claim(String name, PlannedRequest planned, Instant now, Duration timeout) {
        var claims = services.ledger()
                .claim(
                        name,
                        planned.updates().stream().map(QueuedUpdate::token).toList(),
                        now,
                        now.plus(timeout).plus(LEASE_MARGIN));
        var granted = new ArrayList<QueuedUpdate>(claims.size());
        for (int i = 0; i < claims.size(); i++) {
            QueuedUpdate update = planned.updates().get(i);
            switch (claims.get(i)) {
                case TokenLedger.Granted() -> granted.add(update);
                case TokenLedger.Superseded() -> contenders.settle(update, new Fate.Superseded());
                case TokenLedger.Busy(Duration retryIn) -> contenders.settle(update, new Fate.Returned(retryIn));
            }
        }
        if (!granted.isEmpty()) {
            return planned.with(granted);
        }
        services.ledger().ended(name, new TokenLedger.NotApplied());
        if (planned.sibling() != null) {
            ready.addFirst(planned.sibling());
        }
        return null;
    }

    private void take(Answer answer) {
        Instant now = services.clock().instant();
        Sent sent = answer.sent();
        PlannedRequest request = sent.request();
        services.gate().answered(sent.permit(), answer.outcome(), now);
        services.ledger().ended(sent.name(), requestEnd(answer.outcome(), now));
        record.write(answer, now);
        switch (answer.outcome()) {
            case RefreshOutcome.Accepted _ -> accepted(request);
            case RefreshOutcome.Refused(var error) -> {
                if (request.updates().size() == 1) {
                    QueuedUpdate alone = request.updates().getFirst();
                    contenders.settle(alone, refusedAlone.add(alone, error));
                } else {
                    ready.addFirst(request.halved());
                }
                releaseSibling(request);
            }
            case RefreshOutcome.KeyRefused _ -> keyRefused(request, sent.apiKey());
            case RefreshOutcome.Forbidden(var error) -> troubled(request, Trouble.forbidden(error), now);
            case RefreshOutcome.CollectionNotFound(var error) -> troubled(request, Trouble.notFound(error), now);
            case RefreshOutcome.Throttled _ -> throttled(request);
            case RefreshOutcome.Failed _, RefreshOutcome.Unknown _ -> failed(request);
        }
    }

    private static TokenLedger.RequestEnd requestEnd(RefreshOutcome outcome, Instant now) {
        return switch (outcome) {
            case RefreshOutcome.Accepted _ -> new TokenLedger.Accepted();
            case RefreshOutcome.Unknown _ -> new TokenLedger.Unknown(now.plus(UNKNOWN_FOR));
            default -> new TokenLedger.NotApplied();
        };
    }

    private void accepted(PlannedRequest request) {
        anythingAccepted = true;
        failuresInARow = 0;
        request.updates().forEach(update -> contenders.settle(update, new Fate.Accepted()));
        PlannedRequest other = request.sibling();
        if (other != null) {
            // The two were refused together and this one is good, so the other is not: on with the search in there.
            ready.addFirst(other.updates().size() == 1 ? other : other.halved());
        }
    }

    private void troubled(PlannedRequest request, Trouble found, Instant now) {
        trouble.found(request.collection(), found);
        turnAway(request, found, now);
    }

    /** Asks the gate anew: this answer may have asked for a longer wait than the one that stopped the pass. */
    private void throttled(PlannedRequest request) {
        ready.addFirst(request);
        stopped = null;
    }

    private void failed(PlannedRequest request) {
        leave(request, waits.growing());
        if (++failuresInARow >= DOWN && stopped == null) {
            log.error("The API failed " + DOWN + " times in a row; what is left goes back to the queue.");
            stopped = waits.growing();
        }
    }

    private void keyRefused(PlannedRequest request, String refused) {
        ready.addFirst(request);
        try {
            if (stopped == null && !services.apiKey().refresh(refused)) {
                log.error(
                        "The API refuses the key, and the secret holds no other one: put a valid key into the secret.");
                stopped = waits.growing();
            }
        } catch (ApiKeyUnavailable e) {
            stopWithoutKey(e);
        }
    }

    private void stopWithoutKey(ApiKeyUnavailable e) {
        log.error("There is no API key.", field("reason", e.getMessage()));
        stopped = waits.growing();
    }

    private void releaseSibling(PlannedRequest request) {
        if (request.sibling() != null) {
            ready.addLast(request.sibling());
        }
    }

    /** Gives up what is old enough, and leaves the rest. */
    private void turnAway(PlannedRequest request, Trouble found, Instant now) {
        var kept = new ArrayList<QueuedUpdate>();
        for (QueuedUpdate update : request.updates()) {
            Rejection rejection = found.rejection(update.token().key(), update.message(), now);
            if (rejection == null) {
                kept.add(update);
            } else {
                contenders.settle(update, new Fate.Rejected(rejection, found.error()));
            }
        }
        leave(request.with(kept), waits.growing());
    }

    /** Leaves a request for later; of a search, each part becomes a message of its own. */
    private void leave(PlannedRequest request, Wait wait) {
        for (QueuedUpdate update : request.updates()) {
            Duration retryIn = wait.of(update.message());
            contenders.settle(
                    update, request.half() ? new Fate.SentAlone(request, retryIn) : new Fate.Returned(retryIn));
        }
        if (request.sibling() != null) {
            leave(request.sibling(), wait);
        }
    }
}
