package dev.nftrefresh.dispatch;

import static dev.nftrefresh.telemetry.JsonLogger.field;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.api.ApiKeySource;
import dev.nftrefresh.api.ApiKeyUnavailableException;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.RefusedTokenHint;
import dev.nftrefresh.collection.CollectionRefusal.RefusalCause;
import dev.nftrefresh.dispatch.InFlightRequests.SentRequest;
import dev.nftrefresh.dispatch.RequestClaimer.ClaimedRequest;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Acts on each answer of the API. */
final class OutcomeHandler {
    /** After so many failures in a row the API counts as down, and no other request of the pass is tried. */
    static final int OUTAGE_FAILURES = 3;

    private final PendingRequests pending;
    private final TokenCoalescer coalescer;
    private final RequestClaimer claimer;
    private final RefusedCollectionHandler collections;
    private final RetryDelays waits;
    private final InvocationDeadline deadline;
    private final ApiKeySource apiKey;
    private final RefreshMetrics metrics;
    private final JsonLogger log;

    OutcomeHandler(
            PendingRequests pending,
            TokenCoalescer coalescer,
            RequestClaimer claimer,
            RefusedCollectionHandler collections,
            RetryDelays waits,
            InvocationDeadline deadline,
            ApiKeySource apiKey,
            RefreshMetrics metrics,
            JsonLogger log) {
        this.pending = pending;
        this.coalescer = coalescer;
        this.claimer = claimer;
        this.collections = collections;
        this.waits = waits;
        this.deadline = deadline;
        this.apiKey = apiKey;
        this.metrics = metrics;
        this.log = log;
    }

    /**
     * Acts on an answer.
     *
     * @param isRecorded whether the ledger has the request's outcome
     * @param failures requests of the whole API that failed in a row
     */
    void handle(RefreshOutcome outcome, SentRequest sent, boolean isRecorded, int failures, Instant now) {
        PlannedRequest request = sent.request();
        pending.finished(request);
        switch (outcome) {
            case RefreshOutcome.Accepted _ -> accepted(request, isRecorded, now);
            case RefreshOutcome.Refused(ApiErrorResponse error) -> refused(sent.claimed(), error, now);
            case RefreshOutcome.KeyRefused _ -> keyRefused(request, sent.apiKey(), failures, now);
            case RefreshOutcome.Forbidden(ApiErrorResponse error) -> forbidden(request, sent.apiKey(), error, now);
            case RefreshOutcome.CollectionNotFound(ApiErrorResponse error) ->
                collectionRefused(request, RefusalCause.NOT_FOUND, error, now);
            case RefreshOutcome.Throttled _ -> pending.addFirst(request); // the rate limiter says when it may be sent
            case RefreshOutcome.Failed _, RefreshOutcome.Unknown _ -> failed(request.failedAgain(), failures, now);
        }
    }

    private void accepted(PlannedRequest request, boolean isRecorded, Instant now) {
        collections.accepted(request.collection(), now);
        // Without a record the update is not done: another copy would not know that it must not overwrite it.
        TokenOutcome tokenOutcome = isRecorded
                ? new TokenOutcome.Accepted()
                : new TokenOutcome.Returned(waits.whileNotAsked(now).of(request));
        request.updates().forEach(update -> coalescer.settle(update, tokenOutcome));
        if (request.search() != null) {
            request.search().accepted();
            addNextQuestion(request);
        }
    }

    /** The search's next question, if it has one. */
    void addNextQuestion(PlannedRequest request) {
        RefusedTokenSearch<QueuedUpdate> search = request.search();
        if (search != null && !search.isFinished()) {
            pending.addFirst(PlannedRequest.of(request.collection(), search));
        }
    }

    private void refused(ClaimedRequest claimed, ApiErrorResponse error, Instant now) {
        PlannedRequest request = claimed.request();
        if (!claimed.waitingUpdates().isEmpty()) {
            // It may be one of the waiting updates. They are tried again with their own messages; this request is sent
            // again without them.
            pending.addFirst(request.failedAgain());
            return;
        }
        if (collections.isTokenProbe(request.collection())) {
            collections.probeRefused(request, error, now);
            return;
        }
        if (collections.isProbed(request.collection())) {
            collections.onlyTokensRefused(request.collection(), now);
        }
        RefusedTokenSearch<QueuedUpdate> search =
                request.search() == null ? RefusedTokenSearch.of(request.updates()) : request.search();
        int before = search.refusedAlone().size();
        search.refused(RefusedTokenHint.named(
                error,
                request.updates().stream()
                        .map(update -> update.token().key().tokenId())
                        .toList()));
        List<QueuedUpdate> alone = search.refusedAlone();
        for (QueuedUpdate token : alone.subList(before, alone.size())) {
            collections.singleTokenRefused(token, error, now);
        }
        if (!search.isFinished()) {
            PlannedRequest next = PlannedRequest.of(request.collection(), search);
            if (request.search() == null) {
                pending.addLast(next);
            } else {
                pending.addFirst(next);
            }
        }
    }

    private void forbidden(PlannedRequest request, String key, ApiErrorResponse error, Instant now) {
        if (isReplaced(key)) {
            pending.addFirst(request);
        } else {
            collectionRefused(request, RefusalCause.FORBIDDEN, error, now);
        }
    }

    /** Whether the secret holds another key by now: a 403 may mean that the key is one of another project. */
    private boolean isReplaced(String forbidden) {
        try {
            return apiKey.refreshAfterForbidden(forbidden);
        } catch (ApiKeyUnavailableException e) {
            log.warn(
                    "The secret cannot be read again after a 403, so the known key stays in use.",
                    field("reason", e.getMessage()));
            return false;
        }
    }

    private void collectionRefused(PlannedRequest request, RefusalCause cause, ApiErrorResponse error, Instant now) {
        collections.refused(request.collection(), cause, error, now);
        pending.addFirst(request); // is settled like all others of the collection
    }

    private void failed(PlannedRequest request, int failures, Instant now) {
        // A token that fails alone has its own count: acceptances of others say nothing about it.
        int ofToken = request.updates().size() == 1
                ? claimer.failures(request.updates().getFirst()) + 1
                : 0;
        Duration retryIn = waits.afterFailures(Math.max(failures, ofToken), request, now);
        if (deadline.allowsWaiting(retryIn, now) && !pending.isStopped()) {
            pending.retryAt(request, now.plus(retryIn));
        } else {
            pending.returnToQueue(request, RetryDelays.exactly(retryIn));
        }
        collections.probeFailed(request.collection(), now);
        if (failures >= OUTAGE_FAILURES && !pending.isStopped()) {
            log.error(
                    "The API failed too often in a row; everything that is left returns to the queue.",
                    field("failures_in_a_row", failures));
            pending.stop(left -> waits.afterFailures(failures, left, now));
        }
    }

    private void keyRefused(PlannedRequest request, String refused, int failures, Instant now) {
        pending.addFirst(request);
        try {
            if (!pending.isStopped() && !apiKey.refresh(refused)) {
                metrics.problem(RefreshMetrics.OperatorProblem.KEY_REFUSED);
                log.error(
                        "The API refuses the key, and the secret holds no other one: put a valid key into the secret.");
                pending.stop(left -> waits.afterFailures(failures, left, now));
            }
        } catch (ApiKeyUnavailableException e) {
            keyUnavailable(e, now);
        }
    }

    void keyUnavailable(ApiKeyUnavailableException e, Instant now) {
        metrics.problem(RefreshMetrics.OperatorProblem.KEY_UNAVAILABLE);
        log.error("There is no API key, so everything returns to the queue.", field("reason", e.getMessage()));
        pending.stop(waits.whileNotAsked(now));
    }
}
