package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How fast something grows, on average since it was first seen to. */
final class GrowthRateMeter {
    private final InstantSource clock;
    private @Nullable Instant since;
    private long first;

    GrowthRateMeter(InstantSource clock) {
        this.clock = clock;
    }

    /** By how much a second, now that it is so large; 0 if that cannot be said yet. */
    double perSecond(long now) {
        if (since == null) {
            since = now > 0 ? clock.instant() : null;
            first = now;
            return 0;
        }
        double seconds = RunSummary.seconds(Duration.between(since, clock.instant()));
        return seconds > 0 ? Math.max(0, now - first) / seconds : 0;
    }
}
