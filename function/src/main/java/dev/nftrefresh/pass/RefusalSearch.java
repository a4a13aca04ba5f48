package dev.nftrefresh.pass;

import dev.nftrefresh.queue.QueuedUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The search for the token that makes Immutable refuse a request (400 {@code VALIDATION_ERROR} names none). One half is
 * sent: if it is accepted, the token is in the other half, which need not be sent whole to know it; if it is refused, the
 * token is in there, and the other half is most likely good and waits. What waited goes in one request at the end. So 250
 * tokens take eight requests, one for the token alone, and one for the others.
 *
 * <p>If what was taken for good is refused as well, there are several such tokens; then both halves are sent each time.
 *
 * @param otherHalf of the request that was refused last; empty if there is none
 * @param likelyGood halves that wait because the token was found in the ones beside them
 * @param several whether more than one token is known to be refused
 */
record RefusalSearch(List<QueuedUpdate> otherHalf, List<QueuedUpdate> likelyGood, boolean several) {

    /** What is to be sent after this request was refused; nothing if it was one token alone and nothing waits. */
    static List<PlannedRequest> afterRefusal(PlannedRequest refused) {
        RefusalSearch search = refused.search();
        if (search == null) {
            return within(refused, List.of(), false);
        }
        if (search.several) {
            return joined(within(refused, List.of(), true), rest(refused, search.otherHalf));
        }
        var waiting = new ArrayList<>(search.likelyGood);
        waiting.addAll(search.otherHalf);
        return refused.updates().size() > 1 ? within(refused, waiting, false) : rest(refused, waiting);
    }

    /** What is to be sent after this request was accepted. */
    static List<PlannedRequest> afterAcceptance(PlannedRequest accepted) {
        RefusalSearch search = accepted.search();
        if (search == null) {
            return List.of();
        }
        if (search.otherHalf.isEmpty()) {
            return rest(accepted, search.likelyGood);
        }
        var guilty = new PlannedRequest(accepted.collection(), search.otherHalf, null, 0);
        return search.otherHalf.size() > 1
                ? within(guilty, search.likelyGood, search.several)
                : List.of(part(guilty, search.otherHalf, List.of(), search.likelyGood, search.several));
    }

    /** What the search has not settled yet if it ends with this request: parts to go on with later. */
    static List<List<QueuedUpdate>> unsettled(PlannedRequest request) {
        RefusalSearch search = request.search();
        return search == null
                ? List.of(request.updates())
                : Stream.of(request.updates(), search.otherHalf, search.likelyGood)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    /** The first half of a request that has a refused token in it. */
    private static List<PlannedRequest> within(PlannedRequest guilty, List<QueuedUpdate> likelyGood, boolean several) {
        List<QueuedUpdate> updates = guilty.updates();
        int middle = updates.size() / 2;
        return middle == 0
                ? List.of()
                : List.of(part(
                        guilty,
                        updates.subList(0, middle),
                        updates.subList(middle, updates.size()),
                        likelyGood,
                        several));
    }

    /** What waited: if it is refused too, there are several. */
    private static List<PlannedRequest> rest(PlannedRequest of, List<QueuedUpdate> waiting) {
        return waiting.isEmpty() ? List.of() : List.of(part(of, waiting, List.of(), List.of(), true));
    }

    private static PlannedRequest part(
            PlannedRequest of,
            List<QueuedUpdate> updates,
            List<QueuedUpdate> otherHalf,
            List<QueuedUpdate> likelyGood,
            boolean several) {
        return PlannedRequest.of(of.collection(), updates, new RefusalSearch(otherHalf, likelyGood, several));
    }

    private static List<PlannedRequest> joined(List<PlannedRequest> first, List<PlannedRequest> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
