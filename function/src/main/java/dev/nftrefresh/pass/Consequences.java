package dev.nftrefresh.pass;

import static dev.nftrefresh.telemetry.JsonLog.field;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.api.ApiKeySource;
import dev.nftrefresh.api.ApiKeyUnavailable;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.RefusalHint;
import dev.nftrefresh.collection.CollectionRefusal.Cause;
import dev.nftrefresh.pass.InFlight.Sent;
import dev.nftrefresh.pass.Loading.Load;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What follows from each answer of the API. */
final class Consequences {
    /** After so many failures in a row the API is down, and the other requests need not find it out again. */
    static final int DOWN = 3;

    private final Agenda agenda;
    private final Contenders contenders;
    private final Loading loading;
    private final RefusedCollections collections;
    private final Waits waits;
    private final Deadline deadline;
    private final ApiKeySource apiKey;
    private final RefreshMetrics metrics;
    private final JsonLog log;

    Consequences(
            Agenda agenda,
            Contenders contenders,
            Loading loading,
            RefusedCollections collections,
            Waits waits,
            Deadline deadline,
            ApiKeySource apiKey,
            RefreshMetrics metrics,
            JsonLog log) {
        this.agenda = agenda;
        this.contenders = contenders;
        this.loading = loading;
        this.collections = collections;
        this.waits = waits;
        this.deadline = deadline;
        this.apiKey = apiKey;
        this.metrics = metrics;
        this.log = log;
    }

    /**
     * Draws the consequences.
     *
     * @param isRecorded whether the ledger knows how the request went
     * @param failures requests of the whole API that failed in a row
     */
    void of(RefreshOutcome outcome, Sent sent, boolean isRecorded, int failures, Instant now) {
        PlannedRequest request = sent.request();
        agenda.ended(request);
        switch (outcome) {
            case RefreshOutcome.Accepted _ -> accepted(request, isRecorded, now);
            case RefreshOutcome.Refused(ApiError error) -> refused(sent.load(), error, now);
            case RefreshOutcome.KeyRefused _ -> keyRefused(request, sent.apiKey(), failures, now);
            case RefreshOutcome.Forbidden(ApiError error) -> forbidden(request, sent.apiKey(), error, now);
            case RefreshOutcome.CollectionNotFound(ApiError error) ->
                collectionRefused(request, Cause.NOT_FOUND, error, now);
            case RefreshOutcome.Throttled _ -> agenda.first(request); // the gate says when it comes back
            case RefreshOutcome.Failed _, RefreshOutcome.Unknown _ -> failed(request.failedAgain(), failures, now);
        }
    }

    private void accepted(PlannedRequest request, boolean isRecorded, Instant now) {
        collections.accepted(request.collection(), now);
        // What nobody can look up is not done: another copy would not know that it must not be undone.
        Fate fate = isRecorded
                ? new Fate.Accepted()
                : new Fate.Returned(waits.whileNotAsked(now).of(request));
        request.updates().forEach(update -> contenders.settle(update, fate));
        if (request.search() != null) {
            request.search().accepted();
            askNext(request);
        }
    }

    /** The search's next question, if it has one. */
    void askNext(PlannedRequest request) {
        RefusedTokenSearch<QueuedUpdate> search = request.search();
        if (search != null && !search.isFinished()) {
            agenda.first(PlannedRequest.of(request.collection(), search));
        }
    }

    private void refused(Load load, ApiError error, Instant now) {
        PlannedRequest request = load.request();
        if (!load.riders().isEmpty()) {
            // It may be one of those that were sent along. Their own messages will tell; this request goes again
            // without.
            agenda.first(request.failedAgain());
            return;
        }
        if (collections.isTryOfTokens(request.collection())) {
            collections.tryRefused(request, error, now);
            return;
        }
        if (collections.isTried(request.collection())) {
            // It knows the collection, and this key may refresh it: only the tokens are at fault now.
            collections.accepted(request.collection(), now);
        }
        RefusedTokenSearch<QueuedUpdate> search =
                request.search() == null ? RefusedTokenSearch.of(request.updates()) : request.search();
        int before = search.refusedAlone().size();
        search.refused(RefusalHint.named(
                error,
                request.updates().stream()
                        .map(update -> update.token().key().tokenId())
                        .toList()));
        List<QueuedUpdate> alone = search.refusedAlone();
        for (QueuedUpdate token : alone.subList(before, alone.size())) {
            collections.loneTokenRefused(token, error, now);
        }
        if (!search.isFinished()) {
            PlannedRequest next = PlannedRequest.of(request.collection(), search);
            if (request.search() == null) {
                agenda.last(next);
            } else {
                agenda.first(next);
            }
        }
    }

    private void forbidden(PlannedRequest request, String key, ApiError error, Instant now) {
        if (isReplaced(key)) {
            agenda.first(request);
        } else {
            collectionRefused(request, Cause.FORBIDDEN, error, now);
        }
    }

    /** Whether the secret holds another key by now: a key of another project is answered so, and only people can tell. */
    private boolean isReplaced(String forbidden) {
        try {
            return apiKey.refreshForbidden(forbidden);
        } catch (ApiKeyUnavailable e) {
            log.warn(
                    "The secret cannot be read again after a 403, so the known key stays in use.",
                    field("reason", e.getMessage()));
            return false;
        }
    }

    private void collectionRefused(PlannedRequest request, Cause cause, ApiError error, Instant now) {
        collections.refused(request.collection(), cause, error, now);
        agenda.first(request); // and is settled as all others of the collection
    }

    private void failed(PlannedRequest request, int failures, Instant now) {
        // A token that fails alone has its own count: what others are accepted meanwhile says nothing of it.
        int ofToken = request.updates().size() == 1
                ? loading.failures(request.updates().getFirst()) + 1
                : 0;
        Duration retryIn = waits.afterFailures(Math.max(failures, ofToken), request, now);
        if (deadline.allowsWaiting(retryIn, now) && !agenda.isStopped()) {
            agenda.later(request, now.plus(retryIn));
        } else {
            agenda.leave(request, Waits.exactly(retryIn));
        }
        collections.tryFailed(request.collection(), now);
        if (failures >= DOWN && !agenda.isStopped()) {
            log.error(
                    "The API failed too often in a row; everything that is left returns to the queue.",
                    field("failures_in_a_row", failures));
            agenda.stop(left -> waits.afterFailures(failures, left, now));
        }
    }

    private void keyRefused(PlannedRequest request, String refused, int failures, Instant now) {
        agenda.first(request);
        try {
            if (!agenda.isStopped() && !apiKey.refresh(refused)) {
                metrics.trouble(RefreshMetrics.Trouble.KEY_REFUSED);
                log.error(
                        "The API refuses the key, and the secret holds no other one: put a valid key into the secret.");
                agenda.stop(left -> waits.afterFailures(failures, left, now));
            }
        } catch (ApiKeyUnavailable e) {
            keyUnavailable(e, now);
        }
    }

    void keyUnavailable(ApiKeyUnavailable e, Instant now) {
        metrics.trouble(RefreshMetrics.Trouble.KEY_UNAVAILABLE);
        log.error("There is no API key, so everything returns to the queue.", field("reason", e.getMessage()));
        agenda.stop(waits.whileNotAsked(now));
    }
}
