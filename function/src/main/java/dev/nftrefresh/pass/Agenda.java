package dev.nftrefresh.pass;

import dev.nftrefresh.batch.Vacancy;
import dev.nftrefresh.pass.CollectionTrouble.Trouble;
import dev.nftrefresh.pass.Waits.Wait;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The requests that are still to be sent in a pass, and the end of those that no longer will be. */
final class Agenda {
    /** Requests that search for refused tokens: a few searches of ten. What is left goes on at the next receive. */
    private static final int SEARCH_BUDGET = 40;

    private final Contenders contenders;
    private final RefusedAlone refusedAlone;
    private final Waits waits;
    private final Deque<PlannedRequest> ready = new ArrayDeque<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparing(Later::due));
    private final CollectionTrouble trouble = new CollectionTrouble();
    private @Nullable Wait stopped;
    private final List<QueuedUpdate> leftAlone = new ArrayList<>();
    private int searched;
    private int searching;

    Agenda(Contenders contenders, RefusedAlone refusedAlone, Waits waits) {
        this.contenders = contenders;
        this.refusedAlone = refusedAlone;
        this.waits = waits;
    }

    /** Plans updates whose turn has come; called when nothing else is left, so that they ride together. */
    void plan(List<QueuedUpdate> updates) {
        ready.addAll(RequestPlan.of(updates));
    }

    /** A request that failed and is tried again in this pass. */
    private record Later(PlannedRequest request, Instant due) {}

    boolean isEmpty() {
        return ready.isEmpty() && later.isEmpty();
    }

    /** The request that should go next, or null if there is none now; what may not go any more is left on the way. */
    @Nullable
    PlannedRequest next(Instant now) {
        while (!later.isEmpty() && (stopped != null || !later.element().due().isAfter(now))) {
            ready.addFirst(later.remove().request());
        }
        while (!ready.isEmpty()) {
            PlannedRequest next = ready.getFirst();
            Trouble known = trouble.of(next.collection());
            if (stopped != null) {
                leave(ready.removeFirst(), stopped);
            } else if (known != null) {
                turnAway(ready.removeFirst(), known, now);
            } else if (next.search() != null && searched >= SEARCH_BUDGET) {
                leave(ready.removeFirst(), Waits.exactly(Duration.ZERO));
            } else if (next.search() != null && searching > 0 && !refusedAlone.isAnythingAccepted()) {
                // One search after the other: many at once would use up the budget before any token was tried alone,
                // and
                // nobody could tell whether it is the tokens or every request that is refused.
                return null;
            } else {
                return next;
            }
        }
        return null;
    }

    /** Leaves all that has not gone, each request for a wait of its own. */
    void leaveAll(Function<List<PlannedRequest>, List<Duration>> waits, Instant now) {
        List<PlannedRequest> left = new ArrayList<>();
        later.stream().map(Later::request).forEach(ready::addFirst);
        later.clear();
        while (!ready.isEmpty()) {
            PlannedRequest request = ready.removeFirst();
            Trouble known = trouble.of(request.collection());
            if (known != null) {
                turnAway(request, known, now);
            } else {
                left.add(request);
            }
        }
        List<Duration> each = waits.apply(left);
        for (int i = 0; i < left.size(); i++) {
            leave(left.get(i), Waits.exactly(each.get(i)));
        }
    }

    /** Leaves the request that {@link #next} named. */
    void leaveNext(Duration wait) {
        leave(ready.removeFirst(), Waits.exactly(wait));
    }

    /** Takes updates off the request of this collection that would go last: as many as fit. */
    List<QueuedUpdate> takeLast(CollectionId collection, Vacancy vacancy) {
        for (PlannedRequest last : List.copyOf(ready).reversed()) {
            if (last.collection().equals(collection) && last.takesOthers()) {
                List<QueuedUpdate> updates = last.updates();
                int fitting = vacancy.holds(
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

    /** Takes the request that {@link #next} named off the agenda, because it goes. */
    void takeNext() {
        int search = ready.removeFirst().search() != null ? 1 : 0;
        searched += search;
        searching += search;
    }

    /** A request that was taken is answered, or was not sent after all. */
    void ended(PlannedRequest request) {
        searching -= request.search() != null ? 1 : 0;
    }

    /** To be sent again, but not before then. */
    void later(PlannedRequest request, Instant due) {
        later.add(new Later(request, due));
    }

    /** How long nothing becomes ready by itself, if nothing is now; at most so long. */
    Duration untilNext(Instant now, Duration most) {
        if (later.isEmpty()) {
            return most;
        }
        Duration left = Duration.between(now, later.element().due());
        return left.compareTo(most) < 0 ? left : most;
    }

    /** To be sent before all others. */
    void first(PlannedRequest request) {
        ready.addFirst(request);
    }

    /** To be sent before all others, in this order. */
    void first(List<PlannedRequest> requests) {
        requests.reversed().forEach(ready::addFirst);
    }

    /** To be sent after all others. */
    void last(List<PlannedRequest> requests) {
        ready.addAll(requests);
    }

    /** Nothing more is sent; what is left waits so long. */
    void stop(Wait wait) {
        stopped = wait;
    }

    boolean isStopped() {
        return stopped != null;
    }

    /** Nothing more of this request's collection is sent. */
    void stopCollection(PlannedRequest request, Trouble found, Instant now) {
        trouble.found(request.collection(), found);
        turnAway(request, found, now);
    }

    /** Leaves a request for later; of a search, each part becomes a message of its own. */
    void leave(PlannedRequest request, Wait wait) {
        Duration retryIn = wait.of(request);
        for (List<QueuedUpdate> part : RefusalSearch.unsettled(request)) {
            Fate fate = request.search() == null ? new Fate.Returned(retryIn) : new Fate.SentAlone(part, retryIn);
            part.forEach(update -> contenders.settle(update, fate));
            if (fate instanceof Fate.SentAlone) {
                leftAlone.addAll(part);
            }
        }
    }

    /** What was left of searches in messages that did not go alone before. */
    List<QueuedUpdate> leftAlone() {
        return leftAlone.stream()
                .filter(update -> !update.message().sendAlone())
                .toList();
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
}
