package dev.nftrefresh.dispatch;

import static dev.nftrefresh.telemetry.JsonLogger.field;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.collection.CollectionRefusal;
import dev.nftrefresh.collection.CollectionRefusal.RefusalCause;
import dev.nftrefresh.collection.CollectionRefusalStore;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SearchProgress;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.ratelimit.RateLimiter;
import dev.nftrefresh.ratelimit.UpdateLane;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Handles the collections that the API refuses. Nothing of such a collection is sent until its wait is over; then one
 * request probes it, and the other requests of the pass wait for its answer. An acceptance ends the refusal at once.
 */
final class RefusedCollectionHandler {
    /** How much later bulk returns, so that the probe is a live request. */
    private static final Duration BULK_DELAY = Duration.ofSeconds(20);
    /** How long an acceptance is known to hold before it is recorded again. */
    private static final Duration ACCEPTANCE_RECHECK = Duration.ofSeconds(5);

    private static final int BAD_REQUEST = 400;

    private final CollectionRefusalStore refusals;
    private final RandomGenerator random;
    private final RateLimiter limiter;
    private final UpdateLane lane;
    private final PendingRequests pending;
    private final TokenCoalescer coalescer;
    private final TokenOutcomes tokenOutcomes;
    private final InvocationDeadline deadline;
    private final RefreshMetrics metrics;
    private final JsonLogger log;

    private final Map<CollectionId, ApiErrorResponse> answers = new HashMap<>();
    private final Set<CollectionId> probing = new HashSet<>();
    private final Map<CollectionId, CollectionRefusal> probed = new HashMap<>();
    /** Collections of which a request was accepted in this pass, and when that was recorded last. */
    private final Map<CollectionId, Instant> accepted = new HashMap<>();
    /** How many tokens were refused alone since the last acceptance, certainly for their content. */
    private final Map<CollectionId, Integer> singleTokenRefusals = new HashMap<>();
    /** How many more are certain because of the last acceptance in any pass, where the table has a record of it. */
    private final Map<CollectionId, Integer> certainLeft = new HashMap<>();
    /** Tokens refused alone since the last acceptance, where it is uncertain whether their content is the cause. */
    private final Map<CollectionId, List<QueuedUpdate>> uncertain = new HashMap<>();

    RefusedCollectionHandler(
            PassDependencies services,
            UpdateLane lane,
            PendingRequests pending,
            TokenCoalescer coalescer,
            TokenOutcomes tokenOutcomes,
            InvocationDeadline deadline,
            JsonLogger log) {
        this.refusals = services.refusals();
        this.random = services.random();
        this.limiter = services.limiter();
        this.metrics = services.metrics();
        this.lane = lane;
        this.pending = pending;
        this.coalescer = coalescer;
        this.tokenOutcomes = tokenOutcomes;
        this.deadline = deadline;
        this.log = log;
    }

    /**
     * Plans what may be sent: everything of a collection that is not refused, one request of a collection whose wait is
     * over.
     */
    void plan(List<QueuedUpdate> updates, ToIntFunction<QueuedUpdate> failures, Instant now) {
        if (!updates.isEmpty()) {
            plan(updates, refusalsOf(updates), failures, now);
        }
    }

    /** The same, where the refusals of their collections were just read. */
    void plan(
            List<QueuedUpdate> updates,
            Map<CollectionId, CollectionRefusal> known,
            ToIntFunction<QueuedUpdate> failures,
            Instant now) {
        Map<CollectionId, List<QueuedUpdate>> byCollection = new LinkedHashMap<>();
        updates.forEach(update -> byCollection
                .computeIfAbsent(update.token().key().collection(), _ -> new ArrayList<>())
                .add(update));
        var free = new ArrayList<QueuedUpdate>();
        byCollection.forEach((collection, ofCollection) -> {
            CollectionRefusal refusal = known.get(collection);
            if (refusal != null && refusal.cause() == RefusalCause.TOKENS) {
                certainLeft.putIfAbsent(collection, refusal.isForgotten(now) ? 0 : refusal.certainRefusalsLeft());
            }
            Function<QueuedUpdate, TokenOutcome> stopped = pending.outcomeOfStopped(collection);
            if (stopped != null) {
                ofCollection.forEach(update -> coalescer.settle(update, stopped.apply(update)));
            } else if (refusal == null || !refusal.isWaiting()) {
                free.addAll(ofCollection);
            } else if (probing.contains(collection)) {
                pending.holdForProbe(collection, RequestPlanner.of(ofCollection, failures));
            } else if (!tryProbe(collection, refusal, now)) {
                stop(collection, refusal, now);
                Function<QueuedUpdate, TokenOutcome> tokenOutcome = outcomeOf(collection, refusal, now);
                ofCollection.forEach(update -> coalescer.settle(update, tokenOutcome.apply(update)));
            } else {
                planProbe(collection, refusal, ofCollection, failures);
            }
        });
        pending.addLast(RequestPlanner.of(free, failures));
    }

    /** The refusals of these updates' collections, as the table holds them. */
    Map<CollectionId, CollectionRefusal> refusalsOf(List<QueuedUpdate> updates) {
        Set<CollectionId> collections = updates.stream()
                .map(update -> update.token().key().collection())
                .collect(Collectors.toSet());
        return refusals.read(collections, deadline.tableCallTimeout());
    }

    private boolean tryProbe(CollectionId collection, CollectionRefusal refusal, Instant now) {
        return refusal.remainingWait(now).isZero() && refusals.tryProbe(collection, now, deadline.tableCallTimeout());
    }

    /**
     * Plans the one probing request. Where tokens were refused it has one token, preferably one that was not tried yet.
     */
    private void planProbe(
            CollectionId collection,
            CollectionRefusal refusal,
            List<QueuedUpdate> updates,
            ToIntFunction<QueuedUpdate> failures) {
        probing.add(collection);
        probed.put(collection, refusal);
        int most = refusal.cause() == RefusalCause.TOKENS ? 1 : RefreshRequestLimits.TOKENS;
        // Chosen at random among those tried equally often: otherwise the same one could fail each time, and no other
        // would ever be sent.
        var untriedFirst = new ArrayList<>(updates);
        Collections.shuffle(untriedFirst, random);
        untriedFirst.sort(Comparator.comparingInt(failures));
        List<QueuedUpdate> few = untriedFirst.subList(0, Math.min(most, updates.size()));
        List<PlannedRequest> first = RequestPlanner.of(few, failures);
        PlannedRequest next = first.getFirst();
        pending.addLast(next.search() == null ? PlannedRequest.separate(next.updates()) : next);
        var others = new ArrayList<>(first.subList(1, first.size()));
        others.addAll(RequestPlanner.of(untriedFirst.subList(few.size(), updates.size()), failures));
        pending.holdForProbe(collection, others);
    }

    /** Whether a request of this collection is probing whether it is still refused. */
    boolean isProbed(CollectionId collection) {
        return probing.contains(collection);
    }

    /** Whether a request of the collection was accepted in this pass. */
    boolean isAccepted(CollectionId collection) {
        return accepted.containsKey(collection);
    }

    /** A request of the collection was accepted. */
    void accepted(CollectionId collection, Instant now) {
        singleTokenRefusals.remove(collection);
        boolean wasUncertain = uncertain.remove(collection) != null;
        boolean wasTried = probing.remove(collection);
        Integer left = certainLeft.replace(collection, CollectionRefusal.MAX_CERTAIN_IN_A_ROW);
        boolean wasCounted = left != null && left < CollectionRefusal.MAX_CERTAIN_IN_A_ROW;
        Instant recorded = accepted.get(collection);
        if (wasTried
                || wasUncertain
                || wasCounted
                || recorded == null
                || Duration.between(recorded, now).compareTo(ACCEPTANCE_RECHECK) > 0) {
            accepted.put(collection, now);
            recordAcceptance(collection, now);
        }
        pending.probeAccepted(collection);
    }

    /**
     * The API knows the collection of a probe, and this key may refresh it, but it refused the tokens. Nothing was
     * accepted, so it may refuse every request.
     */
    void onlyTokensRefused(CollectionId collection, Instant now) {
        probing.remove(collection);
        recordAcceptance(collection, now);
        pending.probeAccepted(collection);
    }

    private void recordAcceptance(CollectionId collection, Instant now) {
        if (refusals.accepted(collection, now, deadline.tableCallTimeout())) {
            log.info("The API takes this collection again.", field("collection", collection));
        }
    }

    /** The API refused the collection itself: nothing more of it is sent in this pass. */
    void refused(CollectionId collection, RefusalCause cause, ApiErrorResponse error, Instant now) {
        metrics.problem(RefreshMetrics.OperatorProblem.COLLECTION_REFUSED);
        answers.put(collection, error);
        Instant othersAccepted =
                limiter.health(now, deadline.tableCallTimeout()).lastAccepted();
        stop(collection, refusals.refused(collection, cause, othersAccepted, now, deadline.tableCallTimeout()), now);
    }

    /** The probe was refused: its token is rejected, as it was refused alone, and the next wait begins. */
    void probeRefused(PlannedRequest request, ApiErrorResponse error, Instant now) {
        CollectionId collection = request.collection();
        metrics.problem(RefreshMetrics.OperatorProblem.REQUEST_REFUSED);
        answers.put(collection, error);
        CollectionRefusal before = probed.get(collection);
        if (before == null || before.cause() != RefusalCause.TOKENS) {
            throw new IllegalStateException("Only a probe of refused tokens can be refused again: " + collection);
        }
        stop(collection, refusals.refusedAgain(collection, before, now, deadline.tableCallTimeout()), now);
        if (request.updates().size() == 1) {
            QueuedUpdate alone = request.updates().getFirst();
            coalescer.reject(alone, new TokenOutcome.Rejected(rejection(alone, error), error), now);
            if (request.search() == null) {
                return;
            }
            request.search().withdraw(List.of(alone)); // its other tokens were not sent
        }
        pending.settleAll(request, Objects.requireNonNull(pending.outcomeOfStopped(collection)));
    }

    /** The probe failed: the next wait begins, as other requests of the collection would probably fail too. */
    void probeFailed(CollectionId collection, Instant now) {
        CollectionRefusal before = probed.get(collection);
        if (before != null && probing.contains(collection)) {
            stop(collection, refusals.failedAgain(collection, before, now, deadline.tableCallTimeout()), now);
        }
    }

    boolean isTokenProbe(CollectionId collection) {
        CollectionRefusal before = probed.get(collection);
        return probing.contains(collection) && before != null && before.cause() == RefusalCause.TOKENS;
    }

    /**
     * Whether a token that is refused alone is certainly refused for its content. That holds where other tokens of the
     * collection were accepted before, in this pass, in the token's search or in an earlier pass, unless too many were
     * refused alone since then: the API may refuse every request by now. A probe's token is rejected too, as otherwise
     * none would ever be.
     */
    boolean isSingleTokenRefusalCertain(QueuedUpdate update) {
        CollectionId collection = update.token().key().collection();
        if (isTokenProbe(collection)) {
            return true;
        }
        int inARow = singleTokenRefusals.getOrDefault(collection, 0);
        if (isAccepted(collection)) {
            return inARow < CollectionRefusal.MAX_CERTAIN_IN_A_ROW;
        }
        SearchProgress search = update.message().search();
        return certainLeft.getOrDefault(collection, 0) > 0
                || (search != null
                        && search.accepted() > 0
                        && inARow + search.refusedInARow() < CollectionRefusal.MAX_CERTAIN_IN_A_ROW);
    }

    /** A token was refused alone: it is rejected, unless nothing at all of the collection is accepted. */
    void singleTokenRefused(QueuedUpdate update, ApiErrorResponse error, Instant now) {
        CollectionId collection = update.token().key().collection();
        answers.put(collection, error);
        List<QueuedUpdate> rejected =
                coalescer.reject(update, new TokenOutcome.Rejected(rejection(update, error), error), now);
        if (isSingleTokenRefusalCertain(update)) {
            singleTokenRefusals.merge(collection, 1, Integer::sum);
            int left = certainLeft.getOrDefault(collection, 0);
            if (left > 0) {
                // Counted for all copies: otherwise each would reject as many again without an acceptance.
                CollectionRefusal counted =
                        refusals.singleTokenRefused(collection, true, now, deadline.tableCallTimeout());
                certainLeft.put(collection, Math.min(left - 1, counted.certainRefusalsLeft()));
            }
            return;
        }
        uncertain.computeIfAbsent(collection, _ -> new ArrayList<>()).addAll(rejected);
        CollectionRefusal refusal = refusals.singleTokenRefused(collection, false, now, deadline.tableCallTimeout());
        if (refusal.isWaiting()) {
            metrics.problem(RefreshMetrics.OperatorProblem.REQUEST_REFUSED);
            stop(collection, refusal, now);
            Function<QueuedUpdate, TokenOutcome> tokenOutcome = outcomeOf(collection, refusal, now);
            // The API may refuse every request whatever its content, so these tokens are not rejected.
            uncertain
                    .getOrDefault(collection, List.of())
                    .forEach(refused -> tokenOutcomes.set(refused, tokenOutcome.apply(refused)));
            uncertain.remove(collection);
        }
    }

    private static Rejection rejection(QueuedUpdate update, ApiErrorResponse error) {
        String said = error.message() == null ? "without a message" : "with \"" + error.message() + "\"";
        return new Rejection(
                RejectReason.REFUSED_BY_API,
                "Token %s was refused alone by the API, %s."
                        .formatted(update.token().key().tokenId(), said));
    }

    /** The outcome of a second copy of an update that was refused alone and rejected. */
    static TokenOutcome.Rejected rejectedBefore(QueuedUpdate update, Instant rejectedAt) {
        return new TokenOutcome.Rejected(
                new Rejection(
                        RejectReason.REFUSED_BY_API,
                        "Token %s was refused alone by the API at %s, in another copy of this message."
                                .formatted(update.token().key().tokenId(), rejectedAt.truncatedTo(ChronoUnit.SECONDS))),
                new ApiErrorResponse(BAD_REQUEST, null, null, null));
    }

    private void stop(CollectionId collection, CollectionRefusal refusal, Instant now) {
        probing.remove(collection);
        pending.stopCollection(collection, outcomeOf(collection, refusal, now));
        if (refusal.waitCount() == 1 && answers.containsKey(collection)) {
            log.error(
                    switch (refusal.cause()) {
                        case NOT_FOUND ->
                            "The API does not know this collection. Now and then one request checks whether it does; "
                                    + "after an hour its updates go to the dead-letter queue. Check that it is registered.";
                        case FORBIDDEN ->
                            "The API does not let this key refresh this collection. Now and then one request checks "
                                    + "whether it does; after a day its updates go to the dead-letter queue, unless the key "
                                    + "is refused for every collection. Check that the key's project owns the collection.";
                        case TOKENS ->
                            "The API refused every token of this collection that was tried alone, and accepted none. One "
                                    + "request now and then finds out whether it does. Compare a request with the API's "
                                    + "reference.";
                    },
                    field("collection", collection),
                    field("wait_seconds", refusal.remainingWait(now).toSeconds()));
        }
    }

    /** The outcome of an update whose collection sends nothing. */
    private Function<QueuedUpdate, TokenOutcome> outcomeOf(
            CollectionId collection, CollectionRefusal refusal, Instant now) {
        Duration left = refusal.returnDelay(now);
        Duration wait = lane == UpdateLane.BULK ? left.plus(BULK_DELAY) : left;
        return update -> {
            Duration age = Duration.between(update.message().firstSentAt(), now);
            if (!refusal.isExpired(age, now)) {
                return new TokenOutcome.Returned(wait);
            }
            int status = refusal.cause() == RefusalCause.NOT_FOUND ? 404 : 403;
            ApiErrorResponse error = answers.getOrDefault(collection, new ApiErrorResponse(status, null, null, null));
            RejectReason reason = refusal.cause() == RefusalCause.NOT_FOUND
                    ? RejectReason.COLLECTION_NOT_FOUND
                    : RejectReason.REFUSED_BY_API;
            return new TokenOutcome.Rejected(
                    new Rejection(
                            reason,
                            "Token %s is of collection %s, for which the API has answered %d for %d minutes, in %d answers."
                                    .formatted(
                                            update.token().key().tokenId(),
                                            collection,
                                            status,
                                            refusal.refusedFor().toMinutes(),
                                            refusal.answers())),
                    error);
        };
    }
}
