package dev.nftrefresh.ratelimit;

import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When live updates were asked for last. */
final class LiveDemandTracker {
    /** It is written down no more often than this, so that a request that is denied does not cost a write each time. */
    private static final Duration RESOLUTION = Duration.ofSeconds(5);
    /** Who waits for an opening asks again within this. */
    private static final Duration NOW = Duration.ofSeconds(10);
    /** As long as a window: after that, what is kept for live updates would be kept for nobody. */
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

    /** Whether one waits for the next unit of the quota. */
    boolean isCurrent(Instant now) {
        return isWithin(NOW, now);
    }

    /** Whether there were any as of late. */
    boolean isRecent(Instant now) {
        return isWithin(RECENTLY, now);
    }

    private boolean isWithin(Duration past, Instant now) {
        return asked != null && asked.plus(past).isAfter(now) && !InFlightPermits.isFarAhead(asked, now);
    }
}
