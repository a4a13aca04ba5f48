package dev.nftrefresh.pass;

import static dev.nftrefresh.telemetry.JsonLog.field;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.api.RequestLimits;
import dev.nftrefresh.collection.CollectionRefusal;
import dev.nftrefresh.collection.CollectionRefusal.Cause;
import dev.nftrefresh.collection.CollectionRefusals;
import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SearchProgress;
import dev.nftrefresh.telemetry.JsonLog;
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
 * The collections that the API refuses, as a pass deals with them. Nothing of such a collection is sent until its wait is
 * over; then one request finds out, and the others of the pass stay behind it. An acceptance ends the refusal at once.
 */
final class RefusedCollections {
    /** Live updates come back first, and so their request is the one that finds out. */
    private static final Duration BULK_COMES_LATER = Duration.ofSeconds(20);
    /** Another copy's acceptance is looked up again after so long. */
    private static final Duration KNOWN_TO_BE_ACCEPTED = Duration.ofSeconds(5);
    /** Where every other token is refused, so many in a row are one in 256. */
    private static final int MOST_CERTAIN_IN_A_ROW = 8;

    private static final int BAD_REQUEST = 400;

    private final CollectionRefusals refusals;
    private final RandomGenerator random;
    private final RefreshGate gate;
    private final Lane lane;
    private final Agenda agenda;
    private final Contenders contenders;
    private final Fates fates;
    private final Deadline deadline;
    private final RefreshMetrics metrics;
    private final JsonLog log;

    private final Map<CollectionId, ApiError> answers = new HashMap<>();
    private final Set<CollectionId> trying = new HashSet<>();
    private final Map<CollectionId, CollectionRefusal> tried = new HashMap<>();
    private final Map<CollectionId, Instant> accepted = new HashMap<>();
    /** Tokens refused alone since the last acceptance, for what is in them. */
    private final Map<CollectionId, Integer> loneRefusals = new HashMap<>();
    /** Tokens refused alone since the last acceptance, of which nobody knows whether it is for what is in them. */
    private final Map<CollectionId, List<QueuedUpdate>> uncertain = new HashMap<>();

    RefusedCollections(
            Services services,
            Lane lane,
            Agenda agenda,
            Contenders contenders,
            Fates fates,
            Deadline deadline,
            JsonLog log) {
        this.refusals = services.refusals();
        this.random = services.random();
        this.gate = services.gate();
        this.metrics = services.metrics();
        this.lane = lane;
        this.agenda = agenda;
        this.contenders = contenders;
        this.fates = fates;
        this.deadline = deadline;
        this.log = log;
    }

    /** Plans what may go: all of a collection that is not refused, one request of one whose wait is over. */
    void plan(List<QueuedUpdate> updates, ToIntFunction<QueuedUpdate> failures, Instant now) {
        if (updates.isEmpty()) {
            return;
        }
        Map<CollectionId, List<QueuedUpdate>> byCollection = new LinkedHashMap<>();
        updates.forEach(update -> byCollection
                .computeIfAbsent(update.token().key().collection(), _ -> new ArrayList<>())
                .add(update));
        Map<CollectionId, CollectionRefusal> known = refusals.read(byCollection.keySet(), deadline.tableCall());
        var free = new ArrayList<QueuedUpdate>();
        byCollection.forEach((collection, ofCollection) -> {
            CollectionRefusal refusal = known.get(collection);
            Function<QueuedUpdate, Fate> stopped = agenda.fateOfStopped(collection);
            if (stopped != null) {
                ofCollection.forEach(update -> contenders.settle(update, stopped.apply(update)));
            } else if (refusal == null || !refusal.isWaiting()) {
                free.addAll(ofCollection);
            } else if (trying.contains(collection)) {
                agenda.behindTry(collection, RequestPlan.of(ofCollection, failures));
            } else if (!takesTry(collection, refusal, now)) {
                stop(collection, refusal, now);
                Function<QueuedUpdate, Fate> fate = fate(collection, refusal, now);
                ofCollection.forEach(update -> contenders.settle(update, fate.apply(update)));
            } else {
                planTry(collection, refusal, ofCollection, failures);
            }
        });
        agenda.last(RequestPlan.of(free, failures));
    }

    /** Whether a collection of these is refused: which of its tokens is tried next depends on what is known of each. */
    boolean areAnyRefused(List<QueuedUpdate> updates) {
        Set<CollectionId> collections = updates.stream()
                .map(update -> update.token().key().collection())
                .collect(Collectors.toSet());
        return refusals.read(collections, deadline.tableCall()).values().stream()
                .anyMatch(CollectionRefusal::isWaiting);
    }

    private boolean takesTry(CollectionId collection, CollectionRefusal refusal, Instant now) {
        return refusal.waitLeft(now).isZero() && refusals.takesTry(collection, now, deadline.tableCall());
    }

    /** The one request that finds out. Where tokens were refused it is one token, of those first that were not tried yet. */
    private void planTry(
            CollectionId collection,
            CollectionRefusal refusal,
            List<QueuedUpdate> updates,
            ToIntFunction<QueuedUpdate> failures) {
        trying.add(collection);
        tried.put(collection, refusal);
        int most = refusal.cause() == Cause.TOKENS ? 1 : RequestLimits.TOKENS;
        // Of those that were tried as often any one: else the same could fail each time, and no other would ever go.
        var untriedFirst = new ArrayList<>(updates);
        Collections.shuffle(untriedFirst, random);
        untriedFirst.sort(Comparator.comparingInt(failures));
        List<QueuedUpdate> few = untriedFirst.subList(0, Math.min(most, updates.size()));
        List<PlannedRequest> first = RequestPlan.of(few, failures);
        PlannedRequest next = first.getFirst();
        agenda.last(next.search() == null ? PlannedRequest.apart(next.updates()) : next);
        var others = new ArrayList<>(first.subList(1, first.size()));
        others.addAll(RequestPlan.of(untriedFirst.subList(few.size(), updates.size()), failures));
        agenda.behindTry(collection, others);
    }

    /** Whether a request of this collection finds out if it is still refused. */
    boolean isTried(CollectionId collection) {
        return trying.contains(collection);
    }

    /** Whether something of it was accepted in this pass. */
    boolean isAccepted(CollectionId collection) {
        return accepted.containsKey(collection);
    }

    /** Something of the collection was accepted. */
    void accepted(CollectionId collection, Instant now) {
        loneRefusals.remove(collection);
        uncertain.remove(collection);
        Instant before = accepted.put(collection, now);
        boolean wasTried = trying.remove(collection);
        if (wasTried || before == null || Duration.between(before, now).compareTo(KNOWN_TO_BE_ACCEPTED) > 0) {
            if (refusals.accepted(collection, now, deadline.tableCall())) {
                log.info("The API takes this collection again.", field("collection", collection));
            }
        }
        agenda.tryAccepted(collection);
    }

    /** The API refused the collection itself: nothing more of it goes in this pass. */
    void refused(CollectionId collection, Cause cause, ApiError error, Instant now) {
        metrics.trouble(RefreshMetrics.Trouble.COLLECTION_REFUSED);
        answers.put(collection, error);
        Instant othersAccepted = gate.health(now, deadline.tableCall()).lastAccepted();
        stop(collection, refusals.refused(collection, cause, othersAccepted, now, deadline.tableCall()), now);
    }

    /** The one request of a wait was refused: its token is rejected, as it was refused alone, and the next wait begins. */
    void tryRefused(PlannedRequest request, ApiError error, Instant now) {
        CollectionId collection = request.collection();
        metrics.trouble(RefreshMetrics.Trouble.REQUEST_REFUSED);
        answers.put(collection, error);
        CollectionRefusal before = tried.get(collection);
        if (before == null || before.cause() != Cause.TOKENS) {
            throw new IllegalStateException("Only a try of refused tokens can be refused again: " + collection);
        }
        stop(collection, refusals.refusedAgain(collection, before, now, deadline.tableCall()), now);
        if (request.updates().size() == 1) {
            QueuedUpdate alone = request.updates().getFirst();
            contenders.reject(alone, new Fate.Rejected(rejection(alone, error), error), now);
            if (request.search() == null) {
                return;
            }
            request.search().withdraw(List.of(alone)); // its other tokens were not asked
        }
        agenda.settleAll(request, Objects.requireNonNull(agenda.fateOfStopped(collection)));
    }

    /** The one request of a wait failed: the next wait begins, as other requests of the collection may well fail too. */
    void tryFailed(CollectionId collection, Instant now) {
        CollectionRefusal before = tried.get(collection);
        if (before != null && trying.contains(collection)) {
            stop(collection, refusals.failedAgain(collection, before, now, deadline.tableCall()), now);
        }
    }

    boolean isTryOfTokens(CollectionId collection) {
        CollectionRefusal before = tried.get(collection);
        return trying.contains(collection) && before != null && before.cause() == Cause.TOKENS;
    }

    /**
     * Whether a token that is refused alone is refused for what is in it. So it is where others of the collection were
     * accepted, by this pass or by the search that the token is of, unless too many were refused alone since then: the API may
     * refuse every request by now. And the one token of a wait is rejected, as else none ever would be.
     */
    boolean isLoneRefusalCertain(QueuedUpdate update) {
        CollectionId collection = update.token().key().collection();
        SearchProgress search = update.message().search();
        int inARow = loneRefusals.getOrDefault(collection, 0);
        if (isTryOfTokens(collection)) {
            return true;
        }
        return isAccepted(collection)
                ? inARow < MOST_CERTAIN_IN_A_ROW
                : search != null && search.accepted() > 0 && inARow + search.refusedInARow() < MOST_CERTAIN_IN_A_ROW;
    }

    /** A token was refused alone: it is rejected, unless nothing at all of the collection is accepted. */
    void loneTokenRefused(QueuedUpdate update, ApiError error, Instant now) {
        CollectionId collection = update.token().key().collection();
        answers.put(collection, error);
        List<QueuedUpdate> rejected =
                contenders.reject(update, new Fate.Rejected(rejection(update, error), error), now);
        if (isLoneRefusalCertain(update)) {
            loneRefusals.merge(collection, 1, Integer::sum);
            return;
        }
        uncertain.computeIfAbsent(collection, _ -> new ArrayList<>()).addAll(rejected);
        CollectionRefusal refusal = refusals.loneTokenRefused(collection, now, deadline.tableCall());
        if (refusal.isWaiting()) {
            metrics.trouble(RefreshMetrics.Trouble.REQUEST_REFUSED);
            stop(collection, refusal, now);
            Function<QueuedUpdate, Fate> fate = fate(collection, refusal, now);
            // It may be every request that is refused, whatever is in it, and not these tokens.
            uncertain.getOrDefault(collection, List.of()).forEach(refused -> fates.set(refused, fate.apply(refused)));
            uncertain.remove(collection);
        }
    }

    private static Rejection rejection(QueuedUpdate update, ApiError error) {
        String said = error.message() == null ? "without a message" : "with \"" + error.message() + "\"";
        return new Rejection(
                RejectReason.REFUSED_BY_API,
                "Token %s was refused alone by the API, %s."
                        .formatted(update.token().key().tokenId(), said));
    }

    /** A second copy of an update that was refused alone and rejected. */
    static Fate.Rejected rejectedBefore(QueuedUpdate update, Instant rejectedAt) {
        return new Fate.Rejected(
                new Rejection(
                        RejectReason.REFUSED_BY_API,
                        "Token %s was refused alone by the API at %s, in another copy of this message."
                                .formatted(update.token().key().tokenId(), rejectedAt.truncatedTo(ChronoUnit.SECONDS))),
                new ApiError(BAD_REQUEST, null, null, null));
    }

    private void stop(CollectionId collection, CollectionRefusal refusal, Instant now) {
        trying.remove(collection);
        agenda.stopCollection(collection, fate(collection, refusal, now));
        if (refusal.waits() == 1 && answers.containsKey(collection)) {
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
                    field("wait_seconds", refusal.waitLeft(now).toSeconds()));
        }
    }

    /** What becomes of an update of a collection of which nothing is sent. */
    private Function<QueuedUpdate, Fate> fate(CollectionId collection, CollectionRefusal refusal, Instant now) {
        Duration left = refusal.comesBackIn(now);
        Duration wait = lane == Lane.BULK ? left.plus(BULK_COMES_LATER) : left;
        return update -> {
            Duration age = Duration.between(update.message().firstSentAt(), now);
            if (!refusal.givesUp(age, now)) {
                return new Fate.Returned(wait);
            }
            int status = refusal.cause() == Cause.NOT_FOUND ? 404 : 403;
            ApiError error = answers.getOrDefault(collection, new ApiError(status, null, null, null));
            RejectReason reason = refusal.cause() == Cause.NOT_FOUND
                    ? RejectReason.COLLECTION_NOT_FOUND
                    : RejectReason.REFUSED_BY_API;
            return new Fate.Rejected(
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
