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
 * Limits the searches for refused tokens to a fifth of the quota, as long as other collections have something to send:
 * each ordinary request allows a quarter of a search request. Without others, a search may use everything.
 */
final class SearchQuotaShare {
    /** Four ordinary requests for one search request: searches get a fifth. */
    private static final long ORDINARY_PER_SEARCH = 4;
    /** The credit from ordinary requests is capped at so many search requests. */
    private static final long MAX_SAVED_REQUESTS = 4;
    /** How long a collection that asked, or was to return, counts as having something to send. */
    private static final Duration ACTIVE_DURATION = Duration.ofMinutes(1);
    /** Between two search requests while the others cannot send anything, where no limit is known. */
    private static final Duration INTERVAL_WITHOUT_LIMIT = Duration.ofMinutes(1);

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
    /** When credit was last added or used; before that, when another collection first asked. */
    private @Nullable Instant last;
    /** The time from one ordinary request to the next, smoothed. */
    private @Nullable Duration ordinaryEvery;

    /** Two are enough: whichever collection searches, at least one of them is another. */
    private final List<ActiveCollection> present = new ArrayList<>();

    SearchQuotaShare(ItemFields fields) {
        credit = fields.number(CREDIT, 0);
        last = fields.instant(LAST);
        ordinaryEvery = fields.duration(EVERY);
        for (String entry : fields.texts(PRESENT)) {
            int at = entry.indexOf('@');
            present.add(new ActiveCollection(entry.substring(0, at), Rfc3339TimeParser.parse(entry.substring(at + 1))));
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

    /** An ordinary request asks, or returns then. */
    void recordDemand(PermitRequest request, Instant then, Instant now) {
        if (request.isSearch()) {
            return;
        }
        last = last == null ? now : last;
        String collection = request.collection().contractAddress();
        // Written no more often than needed, so that a denied request does not cost a write each time.
        Instant enough = then.plus(ACTIVE_DURATION.dividedBy(2));
        if (present.stream()
                .anyMatch(one ->
                        one.collection().equals(collection) && one.until().isAfter(enough))) {
            return;
        }
        boolean isOtherKnown = present.stream()
                        .filter(one -> !one.collection().equals(collection)
                                && one.until().isAfter(enough))
                        .count()
                >= 2;
        if (isOtherKnown) {
            return;
        }
        present.removeIf(
                one -> one.collection().equals(collection) || !one.until().isAfter(now));
        present.add(new ActiveCollection(collection, then.plus(ACTIVE_DURATION)));
        if (present.size() > 2) {
            present.remove(present.stream()
                    .min(Comparator.comparing(ActiveCollection::until))
                    .orElseThrow());
        }
    }

    /**
     * How long this request has to wait for the searches' share; zero if it need not.
     *
     * @param cost of the request, in units of the quota
     * @param unit the time in which one unit refills; null if not known
     */
    Duration wait(PermitRequest request, long cost, @Nullable Duration unit, Instant now) {
        if (!request.isSearch()) {
            return Duration.ZERO;
        }
        long missing = ORDINARY_PER_SEARCH * cost - credit;
        Instant othersUntil = othersUntil(request.collection(), now);
        if (missing <= 0 || othersUntil == null) {
            return Duration.ZERO;
        }
        Instant idle = last == null ? now : last.plus(intervalWithoutOthers(cost, unit));
        if (last != null && !idle.isAfter(now)) {
            return Duration.ZERO;
        }
        Duration share = ordinaryEvery == null
                ? SHORTEST_WAIT
                : ordinaryEvery.multipliedBy(Math.min((missing + cost - 1) / cost, ORDINARY_PER_SEARCH));
        Duration wait = share.compareTo(SHORTEST_WAIT) > 0 ? share : SHORTEST_WAIT;
        Instant again = WaitDurations.earlier(now.plus(wait), othersUntil);
        return WaitDurations.inMillis(last == null ? again : WaitDurations.earlier(again, idle), now);
    }

    /** If the others can send nothing, a search does not wait for them forever; it takes a fifth of what refills. */
    private static Duration intervalWithoutOthers(long cost, @Nullable Duration unit) {
        if (unit == null) {
            return INTERVAL_WITHOUT_LIMIT;
        }
        Duration fifth = unit.multipliedBy(Math.min(cost, 1_000) * (ORDINARY_PER_SEARCH + 1));
        return fifth.compareTo(LONGEST_WAIT) < 0 ? WaitDurations.longer(fifth, SHORTEST_WAIT) : LONGEST_WAIT;
    }

    /** This request is sent. */
    void recordSent(PermitRequest request, long cost, Instant now) {
        boolean isAmongOthers = othersUntil(request.collection(), now) != null;
        if (request.isSearch()) {
            if (isAmongOthers) {
                credit = Math.max(0, credit - ORDINARY_PER_SEARCH * cost);
                last = now;
            }
            return;
        }
        credit = Math.min(credit + cost, MAX_SAVED_REQUESTS * ORDINARY_PER_SEARCH * cost);
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
