package dev.nftrefresh.ratelimit;

import dev.nftrefresh.ratelimit.QuotaAllowance.RemainingInWindow;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.time.Rfc3339TimeParser;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The calls that bulk and live updates of one collection share. While both have something to send, bulk calls are
 * spaced evenly, and each includes the live updates that arrived since the last one. These need no calls of their own,
 * which would be nearly empty.
 */
final class SharedBulkCalls {
    /** Where bulk calls are further apart than this, live updates are sent separately. */
    static final Duration LONGEST_INTERVAL = Duration.ofSeconds(15);
    /** A copy that has something to send asks again within this time. */
    private static final Duration ACTIVE_DURATION = Duration.ofMinutes(1);
    /** As long as a window: without live updates for that long, nothing is kept for them. */
    private static final Duration RECENTLY = Duration.ofHours(1);
    /** Written no more often than this, so that a denied request does not cost a write each time. */
    private static final Duration RESOLUTION = Duration.ofSeconds(10);
    /** More would make the item large. */
    private static final int MAX_COLLECTIONS = 16;

    private static final String FULL = "shared.full";
    private static final String LIVE = "shared.live";
    private static final String BULK = "shared.bulk";
    private static final String CALLS = "shared.calls";
    private static final String NEXT = "shared.next";

    /**
     * When live updates that fill requests by themselves last asked, by collection: their requests include nothing
     * else.
     */
    private final SequencedMap<String, Instant> full = new LinkedHashMap<>();
    /** When fewer live updates last asked, by collection. */
    private final SequencedMap<String, Instant> live = new LinkedHashMap<>();
    /** When bulk last asked, by collection. */
    private final SequencedMap<String, Instant> bulk = new LinkedHashMap<>();
    /** The last shared bulk call, by collection. */
    private final SequencedMap<String, BulkCall> calls = new LinkedHashMap<>();

    /** The copy that continues the calls if the one that made the last call does not. */
    private final SequencedMap<String, BulkCall> next = new LinkedHashMap<>();

    private final boolean isAllowed;
    private final QuotaProfile profile;
    private final QuotaUnitDetector unitDetector;

    /**
     * The state that these fields hold.
     *
     * @param isAllowed whether live updates may wait for bulk calls at all
     */
    SharedBulkCalls(boolean isAllowed, QuotaProfile profile, QuotaUnitDetector unitDetector, ItemFields fields) {
        this.isAllowed = isAllowed;
        this.profile = profile;
        this.unitDetector = unitDetector;
        CollectionEntries.read(fields, FULL, full, Rfc3339TimeParser::parse);
        CollectionEntries.read(fields, LIVE, live, Rfc3339TimeParser::parse);
        CollectionEntries.read(fields, BULK, bulk, Rfc3339TimeParser::parse);
        CollectionEntries.read(fields, CALLS, calls, BulkCall::of);
        CollectionEntries.read(fields, NEXT, next, BulkCall::of);
    }

    /** A bulk call, and the copy that made it, which makes the next ones too. */
    record BulkCall(Instant at, String copy) {
        private static BulkCall of(String text) {
            String[] parts = text.split("@", -1);
            return new BulkCall(Rfc3339TimeParser.parse(parts[0]), parts[1]);
        }

        @Override
        public String toString() {
            return at + "@" + copy;
        }
    }

    void writeTo(ItemFields fields) {
        CollectionEntries.write(fields, FULL, full);
        CollectionEntries.write(fields, LIVE, live);
        CollectionEntries.write(fields, BULK, bulk);
        CollectionEntries.write(fields, CALLS, calls);
        CollectionEntries.write(fields, NEXT, next);
    }

    /** A copy asks for this request. Live updates matter only while there is bulk. */
    void recordDemand(PermitRequest request, Instant now) {
        boolean isBulk = request.lane() == UpdateLane.BULK;
        boolean anyBulk = isBulk || bulk.values().stream().anyMatch(last -> isWithin(last, ACTIVE_DURATION, now));
        if (request.isSearch() || !anyBulk) {
            return;
        }
        boolean fillsItself = request.isFull() && !request.isFilledUp();
        SequencedMap<String, Instant> times = isBulk ? bulk : fillsItself ? full : live;
        Instant before = times.get(request.collection().contractAddress());
        if (before == null || !isWithin(before, RESOLUTION, now)) {
            put(times, request.collection(), now);
        }
    }

    /** This request of that copy is sent. */
    void recordSent(PermitRequest request, String copy, Instant now) {
        if (request.lane() == UpdateLane.BULK && !request.isSearch() && isShared(request.collection(), now)) {
            put(calls, request.collection(), new BulkCall(now, copy));
            BulkCall waiting = next.get(request.collection().contractAddress());
            if (waiting != null && waiting.copy.equals(copy)) {
                next.remove(request.collection().contractAddress());
            }
        }
    }

    private static <T> void put(SequencedMap<String, T> times, CollectionId collection, T last) {
        times.remove(collection.contractAddress());
        times.put(collection.contractAddress(), last);
        if (times.size() > MAX_COLLECTIONS) {
            times.pollFirstEntry();
        }
    }

    /** Whether both have something to send, and the quota allows calls often enough for live updates. */
    boolean isShared(CollectionId collection, Instant now) {
        return unitTime().compareTo(LONGEST_INTERVAL) <= 0
                && !isWithin(full, collection, ACTIVE_DURATION, now)
                && isWithin(live, collection, ACTIVE_DURATION, now)
                && hasBulk(collection, now);
    }

    /**
     * The time between two calls that spend so many units evenly until the window ends; null if it is too long for live
     * updates.
     */
    static @Nullable Duration interval(RemainingInWindow window, long cost, long units, Instant now) {
        Instant reset = window.reset();
        if (reset == null || units <= 0) {
            return null;
        }
        Duration interval = WaitDurations.until(reset, now).multipliedBy(cost).dividedBy(units);
        return interval.compareTo(LONGEST_INTERVAL) <= 0 ? interval : null;
    }

    /** Whether bulk of this collection has something to send, whose calls may include its other updates. */
    boolean hasBulk(CollectionId collection, Instant now) {
        return isAllowed && isWithin(bulk, collection, ACTIVE_DURATION, now);
    }

    /** Whether bulk of another collection has something to send. */
    boolean othersHaveBulk(CollectionId collection, Instant now) {
        return bulk.entrySet().stream()
                .anyMatch(one -> !one.getKey().equals(collection.contractAddress())
                        && one.getValue().plus(ACTIVE_DURATION).isAfter(now));
    }

    /** The time between two calls where a whole quota is spent evenly; very long where none is known. */
    Duration unitTime() {
        Duration each = profile.unitTime();
        return each == null ? RECENTLY : each.multipliedBy(unitDetector.costOfFull(profile.limit()));
    }

    /** Whether live updates that this collection's bulk calls do not include asked recently. */
    boolean othersAskedRecently(CollectionId collection, Instant now) {
        return full.values().stream().anyMatch(last -> isWithin(last, RECENTLY, now))
                || live.entrySet().stream()
                        .anyMatch(one -> !one.getKey().equals(collection.contractAddress())
                                && isWithin(one.getValue(), RECENTLY, now));
    }

    /** Whether this copy continues the calls if the one that made the last call does not; the first that asks does. */
    boolean isNext(CollectionId collection, String copy, Instant now) {
        BulkCall waiting = next.get(collection.contractAddress());
        if (waiting != null && !waiting.copy.equals(copy) && isWithin(waiting.at, LONGEST_INTERVAL, now)) {
            return false;
        }
        put(next, collection, new BulkCall(now, copy));
        return true;
    }

    /** The last bulk call, if it was recent; null otherwise. */
    @Nullable
    BulkCall lastCall(CollectionId collection, Instant now) {
        BulkCall last = calls.get(collection.contractAddress());
        return last != null && isWithin(last.at, ACTIVE_DURATION, now) ? last : null;
    }

    private static boolean isWithin(Map<String, Instant> times, CollectionId collection, Duration past, Instant now) {
        Instant last = times.get(collection.contractAddress());
        return last != null && isWithin(last, past, now);
    }

    private static boolean isWithin(Instant time, Duration past, Instant now) {
        return time.plus(past).isAfter(now) && !InFlightPermits.isFarAhead(time, now);
    }

    /** Discards entries that are too old to mean anything. */
    void expire(Instant now) {
        for (var times : List.of(full, live, bulk)) {
            times.values().removeIf(time -> !isWithin(time, RECENTLY, now));
        }
        for (var copies : List.of(calls, next)) {
            copies.values().removeIf(call -> !isWithin(call.at, RECENTLY, now));
        }
    }
}
