package dev.nftrefresh.pass;

import static dev.nftrefresh.telemetry.JsonLog.field;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.api.ApiKeySource;
import dev.nftrefresh.api.ApiKeyUnavailable;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.pass.CollectionTrouble.Trouble;
import dev.nftrefresh.pass.InFlight.Sent;
import dev.nftrefresh.pass.Loading.Load;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What follows from each answer of the API. */
final class Consequences {
    /** After so many failures in a row the API is down, and the other requests need not find it out again. */
    private static final int DOWN = 3;

    private final Agenda agenda;
    private final Contenders contenders;
    private final RefusedAlone refusedAlone;
    private final Waits waits;
    private final Deadline deadline;
    private final ApiKeySource apiKey;
    private final RefreshMetrics metrics;
    private final JsonLog log;
    private int failuresInARow;

    Consequences(
            Agenda agenda,
            Contenders contenders,
            RefusedAlone refusedAlone,
            Waits waits,
            Deadline deadline,
            ApiKeySource apiKey,
            RefreshMetrics metrics,
            JsonLog log) {
        this.agenda = agenda;
        this.contenders = contenders;
        this.refusedAlone = refusedAlone;
        this.waits = waits;
        this.deadline = deadline;
        this.apiKey = apiKey;
        this.metrics = metrics;
        this.log = log;
    }

    void of(RefreshOutcome outcome, Sent sent, Instant now) {
        PlannedRequest request = sent.request();
        agenda.ended(request);
        switch (outcome) {
            case RefreshOutcome.Accepted _ -> accepted(request);
            case RefreshOutcome.Refused(ApiError error) -> refused(sent.load(), error);
            case RefreshOutcome.KeyRefused _ -> keyRefused(request, sent.apiKey());
            case RefreshOutcome.Forbidden(ApiError error) -> collectionRefused(request, Trouble.forbidden(error), now);
            case RefreshOutcome.CollectionNotFound(ApiError error) ->
                collectionRefused(request, Trouble.notFound(error), now);
            case RefreshOutcome.Throttled _ -> throttled(request);
            case RefreshOutcome.Failed _, RefreshOutcome.Unknown _ -> failed(request.failedAgain(), now);
        }
    }

    private void accepted(PlannedRequest request) {
        failuresInARow = 0;
        refusedAlone.somethingWasAccepted();
        request.updates().forEach(update -> contenders.settle(update, new Fate.Accepted()));
        agenda.first(RefusalSearch.afterAcceptance(request));
    }

    private void refused(Load load, ApiError error) {
        PlannedRequest request = load.request();
        if (!load.riders().isEmpty()) {
            // It may be one of those who rode along. Their own messages will tell; this request goes again without.
            agenda.first(request.failedAgain());
            return;
        }
        if (request.updates().size() == 1) {
            var alone = request.updates().getFirst();
            contenders.settle(alone, refusedAlone.add(alone, error));
        }
        List<PlannedRequest> then = RefusalSearch.afterRefusal(request);
        if (request.search() == null) {
            agenda.last(then);
        } else {
            agenda.first(then);
        }
    }

    private void collectionRefused(PlannedRequest request, Trouble trouble, Instant now) {
        metrics.trouble(RefreshMetrics.Trouble.COLLECTION_REFUSED);
        agenda.stopCollection(request, trouble, now);
    }

    /** The gate has heard of it, and will say when this request and the others come back. */
    private void throttled(PlannedRequest request) {
        agenda.first(request);
    }

    private void failed(PlannedRequest request, Instant now) {
        Duration retryIn = waits.growing().of(request);
        if (deadline.allowsWaiting(retryIn, now)) {
            agenda.later(request, now.plus(retryIn));
        } else {
            agenda.leave(request, Waits.exactly(retryIn));
        }
        if (++failuresInARow >= DOWN && !agenda.isStopped()) {
            log.error("The API failed " + DOWN + " times in a row; what is left goes back to the queue.");
            agenda.stop(waits.growing());
        }
    }

    private void keyRefused(PlannedRequest request, String refused) {
        agenda.first(request);
        try {
            if (!agenda.isStopped() && !apiKey.refresh(refused)) {
                metrics.trouble(RefreshMetrics.Trouble.KEY_REFUSED);
                log.error(
                        "The API refuses the key, and the secret holds no other one: put a valid key into the secret.");
                agenda.stop(waits.growing());
            }
        } catch (ApiKeyUnavailable e) {
            keyUnavailable(e);
        }
    }

    void keyUnavailable(ApiKeyUnavailable e) {
        metrics.trouble(RefreshMetrics.Trouble.KEY_UNAVAILABLE);
        log.error("There is no API key, so everything goes back to the queue.", field("reason", e.getMessage()));
        agenda.stop(waits.growing());
    }
}
