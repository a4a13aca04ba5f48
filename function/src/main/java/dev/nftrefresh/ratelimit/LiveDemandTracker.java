package dev.nftrefresh.ratelimit;

import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.time.Rfc3339TimeParser;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** When live updates last asked for a permit, and of which collections. */
final class LiveDemandTracker {
    /** Written no more often than this, so that a denied request does not cost a write each time. */
    private static final Duration RESOLUTION = Duration.ofSeconds(5);
    /** A copy that waits for an opening asks again within this time. */
    private static final Duration CURRENT = Duration.ofSeconds(10);
    /** As long as a window: without live updates for that long, nothing is kept for them. */
    private static final Duration RECENTLY = Duration.ofHours(1);

    /** The same for what is only asked to have happened recently. */
    private static final Duration COARSE_RESOLUTION = Duration.ofMinutes(1);
    /** Two tell whether one collection is alone. */
    private static final int MAX_COLLECTIONS = 2;

    private static final String ASKED = "live.asked";
    private static final String PARTLY_FILLED = "live.partly_filled";
    private static final String COLLECTIONS = "live.collections";

    private @Nullable Instant asked;
    private @Nullable Instant partlyFilled;
    /** When the collections that asked last did so. */
    private final SequencedMap<String, Instant> collections = new LinkedHashMap<>();

    LiveDemandTracker(ItemFields fields) {
        asked = fields.instant(ASKED);
        partlyFilled = fields.instant(PARTLY_FILLED);
        CollectionEntries.read(fields, COLLECTIONS, collections, Rfc3339TimeParser::parse);
    }

    void writeTo(ItemFields fields) {
        fields.put(ASKED, asked);
        fields.put(PARTLY_FILLED, partlyFilled);
        CollectionEntries.write(fields, COLLECTIONS, collections);
    }

    /**
     * A live request asks.
     *
     * @param isSeparate whether it is partly filled, and no other request will include its updates
     */
    void recordDemand(PermitRequest request, boolean isSeparate, Instant now) {
        if (!isWithin(asked, RESOLUTION, now)) {
            asked = now;
        }
        if (request.isSearch()) {
            return;
        }
        if (isSeparate && !isWithin(partlyFilled, COARSE_RESOLUTION, now)) {
            partlyFilled = now;
        }
        String collection = request.collection().contractAddress();
        // A third one that displaced one of these, and was displaced by it again, would cost a write each time.
        boolean areEnoughKnown = collections.size() == MAX_COLLECTIONS
                && collections.values().stream().allMatch(last -> isWithin(last, COARSE_RESOLUTION, now));
        if (!areEnoughKnown && !isWithin(collections.get(collection), COARSE_RESOLUTION, now)) {
            collections.remove(collection);
            collections.put(collection, now);
            if (collections.size() > MAX_COLLECTIONS) {
                collections.pollFirstEntry();
            }
        }
    }

    /** Whether updates of several collections asked recently, and some of them do not fill requests. */
    boolean hasSmallDemandBesideOthers(Instant now) {
        return isWithin(partlyFilled, RECENTLY, now)
                && collections.values().stream()
                                .filter(last -> isWithin(last, RECENTLY, now))
                                .count()
                        > 1;
    }

    /** Whether a live request is waiting for the next unit of the quota. */
    boolean isCurrent(Instant now) {
        return isWithin(asked, CURRENT, now);
    }

    /** Whether live updates asked recently. */
    boolean isRecent(Instant now) {
        return isWithin(asked, RECENTLY, now);
    }

    private static boolean isWithin(@Nullable Instant then, Duration past, Instant now) {
        return then != null && then.plus(past).isAfter(now) && !InFlightPermits.isFarAhead(then, now);
    }
}
