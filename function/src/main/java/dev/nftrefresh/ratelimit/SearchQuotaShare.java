package dev.nftrefresh.ratelimit;

import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.time.Rfc3339TimeParser;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the searches for refused tokens to a fifth of the quota, as long as other collections have something to send:
 * each ordinary request allows a fourth of a request of a search. Without others, a search may use everything.
 */
final class SearchQuotaShare {
    /** Four ordinary requests for one of a search: it gets a fifth. */
    private static final long ORDINARY_FOR_ONE = 4;
    /** What ordinary requests allow is saved up for so many requests of a search. */
    private static final long SAVED_UP = 4;
    /** Who asked or was to come back has something to send for so long after. */
    private static final Duration PRESENT_FOR = Duration.ofMinutes(1);
    /** Between two requests of a search, if the others do not get to send anything, where no limit is known. */
    private static final Duration WITHOUT_A_LIMIT = Duration.ofMinutes(1);

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private static final String CREDIT = "search.credit";
    private static final String LAST = "search.last";
    private static final String EVERY = "search.ordinary_every";
    private static final String PRESENT = "search.present";

    /** A collection that has something to send. */
    private record ActiveCollection(String collection, Instant until) {}

    /** In quarters of units of the quota. */
    private long credit;
    /** When credit was last added or used; at first, when others came. */
    private @Nullable Instant last;
    /** The time from one ordinary request to the next, smoothed. */
    private @Nullable Duration ordinaryEvery;

    /** Two are enough: whatever collection searches, at least one of them is another. */
    private final List<ActiveCollection> present = new ArrayList<>();

    SearchQuotaShare(ItemFields fields) {
        credit = fields.number(CREDIT, 0);
        last = fields.instant(LAST);
        ordinaryEvery = fields.duration(EVERY);
        for (String checkpoint : fields.texts(PRESENT)) {
            int at = checkpoint.indexOf('@');
            present.add(new ActiveCollection(
                    checkpoint.substring(0, at), Rfc3339TimeParser.parse(checkpoint.substring(at + 1))));
        }
    }

    void writeTo(ItemFields fields) {
        fields.put(CREDIT, credit);
        fields.put(LAST, last);
        fields.put(EVERY, ordinaryEvery);
        fields.put(
                PRESENT,
                present.stream()
                        .map(one -> one.collection() + "@" + one.until())
                        .toList());
    }

    /** An ordinary request asks, or comes back then. */
    void recordDemand(PermitRequest request, Instant then, Instant now) {
        if (request.isSearch()) {
            return;
        }
        last = last == null ? now : last;
        String collection = request.collection().contractAddress();
        // Written down no more often than needed: a request that is denied is not to cost a write each time.
        Instant enough = then.plus(PRESENT_FOR.dividedBy(2));
        if (present.stream()
                .anyMatch(one ->
                        one.collection().equals(collection) && one.until().isAfter(enough))) {
            return;
        }
        boolean othersAreEnough = present.stream()
                        .filter(one -> !one.collection().equals(collection)
                                && one.until().isAfter(enough))
                        .count()
                >= 2;
        if (othersAreEnough) {
            return;
        }
        present.removeIf(
                one -> one.collection().equals(collection) || !one.until().isAfter(now));
        present.add(new ActiveCollection(collection, then.plus(PRESENT_FOR)));
        if (present.size() > 2) {
            present.remove(present.stream()
                    .min(Comparator.comparing(ActiveCollection::until))
                    .orElseThrow());
        }
    }

    /**
     * How long this request has to wait for its share; zero if it need not.
     *
     * @param cost of the request, in units of the quota
     * @param unit in which one such unit comes back, if known
     */
    Duration wait(PermitRequest request, long cost, @Nullable Duration unit, Instant now) {
        if (!request.isSearch()) {
            return Duration.ZERO;
        }
        long missing = ORDINARY_FOR_ONE * cost - credit;
        Instant othersUntil = othersUntil(request.collection(), now);
        if (missing <= 0 || othersUntil == null) {
            return Duration.ZERO;
        }
        Instant idle = last == null ? now : last.plus(withoutOthers(cost, unit));
        if (last != null && !idle.isAfter(now)) {
            return Duration.ZERO;
        }
        Duration share = ordinaryEvery == null
                ? SHORTEST_WAIT
                : ordinaryEvery.multipliedBy(Math.min((missing + cost - 1) / cost, ORDINARY_FOR_ONE));
        Duration wait = share.compareTo(SHORTEST_WAIT) > 0 ? share : SHORTEST_WAIT;
        Instant again = WaitDurations.earlier(now.plus(wait), othersUntil);
        return WaitDurations.inMillis(last == null ? again : WaitDurations.earlier(again, idle), now);
    }

    /** If the others get nothing, a search cannot wait for them forever; it takes a fifth of what comes back. */
    private static Duration withoutOthers(long cost, @Nullable Duration unit) {
        if (unit == null) {
            return WITHOUT_A_LIMIT;
        }
        Duration fifth = unit.multipliedBy(Math.min(cost, 1_000) * (ORDINARY_FOR_ONE + 1));
        return fifth.compareTo(LONGEST_WAIT) < 0 ? WaitDurations.longer(fifth, SHORTEST_WAIT) : LONGEST_WAIT;
    }

    /** This request goes. */
    void recordSent(PermitRequest request, long cost, Instant now) {
        boolean isAmongOthers = othersUntil(request.collection(), now) != null;
        if (request.isSearch()) {
            if (isAmongOthers) {
                credit = Math.max(0, credit - ORDINARY_FOR_ONE * cost);
                last = now;
            }
            return;
        }
        credit = Math.min(credit + cost, SAVED_UP * ORDINARY_FOR_ONE * cost);
        if (last != null) {
            Duration since = WaitDurations.until(now, last);
            Duration every = ordinaryEvery == null
                    ? since
                    : ordinaryEvery.multipliedBy(3).plus(since).dividedBy(4);
            ordinaryEvery = every.compareTo(LONGEST_WAIT) < 0 ? every : LONGEST_WAIT;
        }
        last = now;
    }

    private @Nullable Instant othersUntil(CollectionId collection, Instant now) {
        return present.stream()
                .filter(one -> !one.collection().equals(collection.contractAddress()))
                .map(ActiveCollection::until)
                .filter(until -> until.isAfter(now))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
