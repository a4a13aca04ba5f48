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

/** The requests that a pass still has to send. Settles the updates of those that will not be sent in it. */
final class PendingRequests {
    private final TokenCoalescer coalescer;
    private final Deque<PlannedRequest> ready = new ArrayDeque<>();
    private final PriorityQueue<DelayedRequest> delayed =
            new PriorityQueue<>(Comparator.comparing(DelayedRequest::due));
    /** Requests that wait for the one that probes whether the API accepts the collection again. */
    private final Map<CollectionId, List<PlannedRequest>> waitingForProbe = new HashMap<>();
    /** Collections of which nothing more is sent, and the outcome of their updates. */
    private final Map<CollectionId, Function<QueuedUpdate, TokenOutcome>> stoppedCollections = new HashMap<>();
    /** Collections of which a search's question is in flight. */
    private final Set<CollectionId> searching = new HashSet<>();

    private @Nullable RetryDelay stopped;
    private Instant searchesHeldUntil = Instant.MIN;
    /** Collections whose calls are spaced evenly, and when the next call is due. */
    private final Map<CollectionId, Instant> heldUntil = new HashMap<>();

    PendingRequests(TokenCoalescer coalescer) {
        this.coalescer = coalescer;
    }

    /** A request that failed and is tried again in this pass. */
    private record DelayedRequest(PlannedRequest request, Instant due) {}

    boolean isEmpty() {
        return ready.isEmpty() && delayed.isEmpty();
    }

    /** The request to send next, or null if there is none now. Settles what may no longer be sent. */
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

    /** Whether a request of another collection may be sent now. */
    boolean hasOthers(CollectionId collection, Instant now) {
        return ready.stream().anyMatch(request -> !request.collection().equals(collection) && !isHeld(request, now));
    }

    /** The calls of this collection are spaced evenly: until then only other collections send. */
    void hold(CollectionId collection, Instant until) {
        heldUntil.put(collection, until);
    }

    /** Forgets all holds: an answer may have changed when collections may send. */
    void releaseHeld() {
        heldUntil.clear();
    }

    /** Searches have used up their share for now: until then only other requests are sent. */
    void holdSearches(Instant until) {
        searchesHeldUntil = until;
    }

    /** Returns every unsent request to the queue, each with a wait of its own. */
    void returnAll(Function<List<PlannedRequest>, List<Duration>> waits) {
        delayed.stream().map(DelayedRequest::request).forEach(ready::addFirst);
        delayed.clear();
        returnToQueue(List.copyOf(ready), waits);
    }

    /** Returns this collection's unsent requests but the first so many to the queue, each with a wait of its own. */
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

    /** Returns this collection's other requests with suspicious tokens: only one of them is sent at a time. */
    void returnSuspicious(CollectionId collection, RetryDelay wait) {
        for (PlannedRequest request : List.copyOf(ready)) {
            if (request.isSuspicious() && request.collection().equals(collection)) {
                take(request);
                returnToQueue(request, wait);
            }
        }
    }

    /**
     * A message returns after the longest wait of its tokens. Where these are sent separately, in many small requests,
     * it would return only when the last of them may be sent, and until then none would be; so all return with the
     * first. Null if it is the first.
     */
    private static @Nullable PlannedRequest firstOfItsMessages(
            PlannedRequest request, IdentityHashMap<QueuedMessage, PlannedRequest> firstOf) {
        return request.updates().stream()
                .map(update -> firstOf.get(update.message()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Takes as many updates as fit from this collection's last request. */
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

    /** Removes a request that {@link #next} returned, because it is sent or returned to the queue. */
    void take(PlannedRequest request) {
        ready.removeFirstOccurrence(request);
    }

    /** The unsent requests that may be planned anew. */
    List<PlannedRequest> unsent() {
        return ready.stream().filter(this::mayBePlannedAnew).toList();
    }

    /**
     * Not a search that has learned something, nor what failed: it would be packed with others again. Nor a probe: it
     * would be planned behind those that wait for it.
     */
    private boolean mayBePlannedAnew(PlannedRequest request) {
        return (request.search() == null || !request.search().hasLearned())
                && request.failures() == 0
                && !waitingForProbe.containsKey(request.collection());
    }

    /** Removes the {@link #unsent} requests and returns their updates. */
    List<QueuedUpdate> takeAll() {
        var taken = new ArrayList<QueuedUpdate>();
        for (PlannedRequest request : unsent()) {
            take(request);
            taken.addAll(open(request));
        }
        return taken;
    }

    /** A question of a search is being sent: the next one depends on its answer. */
    void questionSent(PlannedRequest request) {
        if (request.search() != null) {
            searching.add(request.collection());
        }
    }

    /** A request that was taken has been answered, or was not sent after all. */
    void finished(PlannedRequest request) {
        if (request.search() != null) {
            searching.remove(request.collection());
        }
    }

    /** Sends a request again, but not before then. */
    void retryAt(PlannedRequest request, Instant due) {
        delayed.add(new DelayedRequest(request, due));
    }

    /** How long until a request becomes ready by itself, if none is now; at most {@code most}. */
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

    /** Adds a request to be sent before all others. */
    void addFirst(PlannedRequest request) {
        ready.addFirst(request);
    }

    /** Adds a request to be sent after all others. */
    void addLast(PlannedRequest request) {
        ready.addLast(request);
    }

    /** Adds requests to be sent after all others, in this order. */
    void addLast(List<PlannedRequest> requests) {
        ready.addAll(requests);
    }

    /** Holds the other requests of a collection of which only one may be sent, as a probe. */
    void holdForProbe(CollectionId collection, List<PlannedRequest> others) {
        waitingForProbe.computeIfAbsent(collection, _ -> new ArrayList<>()).addAll(others);
    }

    /** Where the request that was to probe did not need to be sent, the next one of its collection is. */
    void releaseNextProbes() {
        waitingForProbe.values().removeIf(List::isEmpty);
        waitingForProbe.values().forEach(others -> ready.addLast(others.removeFirst()));
    }

    boolean hasWaitingForProbe() {
        return waitingForProbe.values().stream().anyMatch(others -> !others.isEmpty());
    }

    /** The API accepts the collection again. */
    void probeAccepted(CollectionId collection) {
        List<PlannedRequest> others = waitingForProbe.remove(collection);
        if (others != null) {
            ready.addAll(others);
        }
    }

    /** Sends nothing more; what is left waits so long. */
    void stop(RetryDelay wait) {
        stopped = wait;
    }

    boolean isStopped() {
        return stopped != null;
    }

    /** Sends nothing more of this collection in this pass; {@code tokenOutcome} settles its updates. */
    void stopCollection(CollectionId collection, Function<QueuedUpdate, TokenOutcome> tokenOutcome) {
        stoppedCollections.put(collection, tokenOutcome);
        List<PlannedRequest> others = waitingForProbe.remove(collection);
        if (others != null) {
            ready.addAll(others);
        }
    }

    /** The outcome of this collection's unsent updates, or null if the collection may be sent. */
    @Nullable
    Function<QueuedUpdate, TokenOutcome> outcomeOfStopped(CollectionId collection) {
        return stoppedCollections.get(collection);
    }

    /** Settles a request's updates, including those that its search has not settled yet. */
    void settleAll(PlannedRequest request, Function<QueuedUpdate, TokenOutcome> tokenOutcome) {
        open(request).forEach(update -> coalescer.settle(update, tokenOutcome.apply(update)));
    }

    /** Returns a request to the queue; a search that has learned something continues in a message of its own. */
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
        List<PlannedRequest> others = waitingForProbe.remove(request.collection());
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
