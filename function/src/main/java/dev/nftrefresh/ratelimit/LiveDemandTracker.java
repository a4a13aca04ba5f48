package dev.nftrefresh.ratelimit;

import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When live updates last asked for a permit. */
final class LiveDemandTracker {
    /** Written no more often than this, so that a denied request does not cost a write each time. */
    private static final Duration RESOLUTION = Duration.ofSeconds(5);
    /** A copy that waits for an opening asks again within this time. */
    private static final Duration CURRENT = Duration.ofSeconds(10);
    /** As long as a window: without live updates for that long, nothing is kept for them. */
    private static final Duration RECENTLY = Duration.ofHours(1);

    private static final String ASKED = "live.asked";

    private @Nullable Instant asked;

    LiveDemandTracker(ItemFields fields) {
        asked = fields.instant(ASKED);
    }

    void writeTo(ItemFields fields) {
        fields.put(ASKED, asked);
    }

    void recordDemand(Instant now) {
        if (!isWithin(RESOLUTION, now)) {
            asked = now;
        }
    }

    /** Whether a live request is waiting for the next unit of the quota. */
    boolean isCurrent(Instant now) {
        return isWithin(CURRENT, now);
    }

    /** Whether live updates asked recently. */
    boolean isRecent(Instant now) {
        return isWithin(RECENTLY, now);
    }

    private boolean isWithin(Duration past, Instant now) {
        return asked != null && asked.plus(past).isAfter(now) && !InFlightPermits.isFarAhead(asked, now);
    }
}
