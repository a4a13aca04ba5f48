package dev.nftrefresh.dispatch;

import dev.nftrefresh.batch.RemainingCapacity;
import dev.nftrefresh.dispatch.RetryDelays.RetryDelay;
import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SearchProgress;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The requests that are still to be sent in a pass, and the end of those that no longer will be. */
final class PendingRequests {
    private final TokenCoalescer coalescer;
    private final Deque<PlannedRequest> ready = new ArrayDeque<>();
    private final PriorityQueue<DelayedRequest> delayed =
            new PriorityQueue<>(Comparator.comparing(DelayedRequest::due));
    /** What waits for the one request that finds out whether the API takes the collection again. */
    private final Map<CollectionId, List<PlannedRequest>> behindProbe = new HashMap<>();
    /** Collections of which nothing more is sent, and for how long. */
    private final Map<CollectionId, Function<QueuedUpdate, TokenOutcome>> stoppedCollections = new HashMap<>();
    /** Collections of which a search's question is under way. */
    private final Set<CollectionId> searching = new HashSet<>();

    private @Nullable RetryDelay stopped;
    private Instant searchesHeldUntil = Instant.MIN;
    /** Collections whose calls go evenly, and when the next one does. */
    private final Map<CollectionId, Instant> heldUntil = new HashMap<>();

    PendingRequests(TokenCoalescer coalescer) {
        this.coalescer = coalescer;
    }

    /** A request that failed and is tried again in this pass. */
    private record DelayedRequest(PlannedRequest request, Instant due) {}

    boolean isEmpty() {
        return ready.isEmpty() && delayed.isEmpty();
    }

    /** The request that should go next, or null if there is none now; what may not go any more is left on the way. */
    @Nullable
    PlannedRequest next(Instant now) {
        while (!delayed.isEmpty()
                && (stopped != null || !delayed.element().due().isAfter(now))) {
            ready.addFirst(delayed.remove().request());
        }
        returnStopped();
        for (PlannedRequest next : ready) {
            if (!isHeld(next, now)) {
                return next;
            }
        }
        return null;
    }

    private boolean isHeld(PlannedRequest request, Instant now) {
        Instant until = heldUntil.get(request.collection());
        return (until != null && now.isBefore(until))
                || (request.search() != null
                        && (searching.contains(request.collection()) || now.isBefore(searchesHeldUntil)));
    }

    private void returnStopped() {
        if (stopped == null && stoppedCollections.isEmpty()) {
            return;
        }
        var requests = List.copyOf(ready);
        ready.clear();
        for (PlannedRequest request : requests) {
            Function<QueuedUpdate, TokenOutcome> tokenOutcome = stoppedCollections.get(request.collection());
            if (tokenOutcome != null) {
                settleAll(request, tokenOutcome);
            } else if (stopped != null) {
                returnToQueue(request, stopped);
            } else {
                ready.addLast(request);
            }
        }
    }

    /** Whether a request of another collection may go now. */
    boolean hasOthers(CollectionId collection, Instant now) {
        return ready.stream().anyMatch(request -> !request.collection().equals(collection) && !isHeld(request, now));
    }

    /** The calls of this collection go evenly: until then only those of others go. */
    void hold(CollectionId collection, Instant until) {
        heldUntil.put(collection, until);
    }

    /** An answer may have changed when they go. */
    void releaseHeld() {
        heldUntil.clear();
    }

    /** A search has used up its share for now: until then only other requests go. */
    void holdSearches(Instant until) {
        searchesHeldUntil = until;
    }

    /** Leaves all that has not gone, each request for a wait of its own. */
    void returnAll(Function<List<PlannedRequest>, List<Duration>> waits) {
        delayed.stream().map(DelayedRequest::request).forEach(ready::addFirst);
        delayed.clear();
        returnToQueue(List.copyOf(ready), waits);
    }

    /** Leaves those of this collection that have not gone behind the first so many, each for a wait of its own. */
    void returnBeyond(int staying, CollectionId collection, Function<List<PlannedRequest>, List<Duration>> waits) {
        returnToQueue(
                ready.stream()
                        .filter(request -> request.collection().equals(collection))
                        .skip(staying)
                        .toList(),
                waits);
    }

    private void returnToQueue(List<PlannedRequest> leaving, Function<List<PlannedRequest>, List<Duration>> waits) {
        List<PlannedRequest> left = new ArrayList<>();
        for (PlannedRequest request : leaving) {
            take(request);
            Function<QueuedUpdate, TokenOutcome> tokenOutcome = stoppedCollections.get(request.collection());
            if (tokenOutcome != null) {
                settleAll(request, tokenOutcome);
            } else {
                left.add(request);
            }
        }
        if (left.isEmpty()) {
            return;
        }
        var asked = new ArrayList<PlannedRequest>();
        var firstOf = new IdentityHashMap<QueuedMessage, PlannedRequest>();
        var comesBackWith = new IdentityHashMap<PlannedRequest, PlannedRequest>();
        for (PlannedRequest request : left) {
            PlannedRequest first = request.isCombinable() ? null : firstOfItsMessages(request, firstOf);
            if (first == null) {
                asked.add(request);
                first = request;
            }
            comesBackWith.put(request, first);
            for (QueuedUpdate update : request.updates()) {
                firstOf.putIfAbsent(update.message(), first);
            }
        }
        List<Duration> each = waits.apply(asked);
        var waitOf = new IdentityHashMap<PlannedRequest, Duration>();
        for (int i = 0; i < asked.size(); i++) {
            waitOf.put(asked.get(i), each.get(i));
        }
        left.forEach(request -> returnToQueue(
                request, RetryDelays.exactly(Objects.requireNonNull(waitOf.get(comesBackWith.get(request))))));
    }

    /** Leaves the other requests of suspicious tokens of this collection: one of them goes at a time. */
    void returnSuspicious(CollectionId collection, RetryDelay wait) {
        for (PlannedRequest request : List.copyOf(ready)) {
            if (request.isSuspicious() && request.collection().equals(collection)) {
                take(request);
                returnToQueue(request, wait);
            }
        }
    }

    /**
     * A message comes back after the longest wait of its tokens. Where they go apart, in many small requests, it would come
     * back when the last of them may go, and until then none would; so they come back with the first. Null if it is the first.
     */
    private static @Nullable PlannedRequest firstOfItsMessages(
            PlannedRequest request, IdentityHashMap<QueuedMessage, PlannedRequest> firstOf) {
        return request.updates().stream()
                .map(update -> firstOf.get(update.message()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Takes updates off the request of this collection that would go last: as many as fit. */
    List<QueuedUpdate> takeLast(CollectionId collection, RemainingCapacity capacity) {
        for (PlannedRequest last : List.copyOf(ready).reversed()) {
            if (last.collection().equals(collection) && last.acceptsOthers()) {
                List<QueuedUpdate> updates = last.updates();
                int fitting = capacity.countThatFit(
                        updates.stream().map(update -> update.token().json()).toList());
                if (fitting > 0) {
                    ready.removeLastOccurrence(last);
                    if (fitting < updates.size()) {
                        ready.addLast(last.with(updates.subList(fitting, updates.size())));
                    }
                }
                return updates.subList(0, fitting);
            }
        }
        return List.of();
    }

    /** Takes a request that {@link #next} named off the agenda, because it goes or is left. */
    void take(PlannedRequest request) {
        ready.removeFirstOccurrence(request);
    }

    /** Takes the updates off that wait for their requests to go, but for those of which a search has learned something. */
    List<QueuedUpdate> takeAll() {
        var taken = new ArrayList<QueuedUpdate>();
        for (PlannedRequest request : List.copyOf(ready)) {
            if (request.search() == null || !request.search().hasLearned()) {
                ready.removeFirstOccurrence(request);
                taken.addAll(open(request));
            }
        }
        return taken;
    }

    /** A question of a search goes: the next one depends on its answer. */
    void questionSent(PlannedRequest request) {
        if (request.search() != null) {
            searching.add(request.collection());
        }
    }

    /** A request that was taken is answered, or was not sent after all. */
    void finished(PlannedRequest request) {
        if (request.search() != null) {
            searching.remove(request.collection());
        }
    }

    /** To be sent again, but not before then. */
    void retryAt(PlannedRequest request, Instant due) {
        delayed.add(new DelayedRequest(request, due));
    }

    /** How long nothing becomes ready by itself, if nothing is now; at most so long. */
    Duration untilNext(Instant now, Duration most) {
        Instant due = delayed.isEmpty() ? null : delayed.element().due();
        boolean held = searchesHeldUntil.isAfter(now) && ready.stream().anyMatch(request -> request.search() != null);
        if (held && (due == null || searchesHeldUntil.isBefore(due))) {
            due = searchesHeldUntil;
        }
        for (PlannedRequest request : ready) {
            Instant until = heldUntil.get(request.collection());
            if (until != null && until.isAfter(now) && (due == null || until.isBefore(due))) {
                due = until;
            }
        }
        if (due == null) {
            return most;
        }
        Duration left = due.isAfter(now) ? Duration.between(now, due) : Duration.ZERO;
        return left.compareTo(most) < 0 ? left : most;
    }

    /** To be sent before all others. */
    void addFirst(PlannedRequest request) {
        ready.addFirst(request);
    }

    /** To be sent after all others. */
    void addLast(PlannedRequest request) {
        ready.addLast(request);
    }

    /** To be sent after all others, in this order. */
    void addLast(List<PlannedRequest> requests) {
        ready.addAll(requests);
    }

    /** The other requests of a collection of which only one may go. */
    void holdBehindProbe(CollectionId collection, List<PlannedRequest> others) {
        behindProbe.computeIfAbsent(collection, _ -> new ArrayList<>()).addAll(others);
    }

    /** Where the request that was to find out needed not go, the next one of its collection does. */
    void releaseNextProbes() {
        behindProbe.values().removeIf(List::isEmpty);
        behindProbe.values().forEach(others -> ready.addLast(others.removeFirst()));
    }

    boolean hasBehindProbe() {
        return behindProbe.values().stream().anyMatch(others -> !others.isEmpty());
    }

    /** The API takes the collection again. */
    void probeAccepted(CollectionId collection) {
        List<PlannedRequest> others = behindProbe.remove(collection);
        if (others != null) {
            ready.addAll(others);
        }
    }

    /** Nothing more is sent; what is left waits so long. */
    void stop(RetryDelay wait) {
        stopped = wait;
    }

    boolean isStopped() {
        return stopped != null;
    }

    /** Nothing more of this collection is sent in this pass; this becomes of its updates. */
    void stopCollection(CollectionId collection, Function<QueuedUpdate, TokenOutcome> tokenOutcome) {
        stoppedCollections.put(collection, tokenOutcome);
        List<PlannedRequest> others = behindProbe.remove(collection);
        if (others != null) {
            ready.addAll(others);
        }
    }

    /** What became of those of this collection that no request will carry, or null if its requests go. */
    @Nullable
    Function<QueuedUpdate, TokenOutcome> outcomeOfStopped(CollectionId collection) {
        return stoppedCollections.get(collection);
    }

    /** Settles a request's updates, and those that its search has not settled yet. */
    void settleAll(PlannedRequest request, Function<QueuedUpdate, TokenOutcome> tokenOutcome) {
        open(request).forEach(update -> coalescer.settle(update, tokenOutcome.apply(update)));
    }

    /** Leaves a request for later; a search that has learned something goes on in a message of its own. */
    void returnToQueue(PlannedRequest request, RetryDelay wait) {
        Duration retryIn = wait.of(request);
        if (request.search() == null || !request.search().hasLearned()) {
            open(request).forEach(update -> coalescer.settle(update, new TokenOutcome.Returned(retryIn)));
        } else {
            SearchProgress progress = request.search().progress();
            int place = 0;
            for (QueuedUpdate update : request.search().left()) {
                coalescer.settle(update, new TokenOutcome.SearchContinued(progress, place++, retryIn));
            }
        }
        List<PlannedRequest> others = behindProbe.remove(request.collection());
        if (others != null) {
            others.forEach(other -> returnToQueue(other, RetryDelays.exactly(retryIn)));
        }
    }

    private static List<QueuedUpdate> open(PlannedRequest request) {
        return request.search() == null
                ? request.updates()
                : List.copyOf(request.search().open());
    }
}
