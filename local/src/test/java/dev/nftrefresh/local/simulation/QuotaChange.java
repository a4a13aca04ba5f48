package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.api.StandInQuota;
import dev.nftrefresh.local.api.StandInSettings;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens to the project's quota while a scenario runs, once. */
sealed interface QuotaChange {
    /** So long after the scenario's begin. */
    Duration at();

    /** Immutable gives the project another one. */
    record NewQuota(Duration at, StandInSettings settings) implements QuotaChange {}

    /** Somebody else with the same key makes so many requests. */
    record SpentElsewhere(Duration at, int requests) implements QuotaChange {}

    /** A quota to which this happens. */
    final class ChangingLimit implements StandInQuota {
        private final Instant begin;
        private StandInQuota limit;
        private @Nullable QuotaChange change;

        ChangingLimit(StandInQuota limit, @Nullable QuotaChange change, Instant begin) {
            this.limit = limit;
            this.change = change;
            this.begin = begin;
        }

        @Override
        public SpendResult spend(int cost, Instant now) {
            if (change != null && !now.isBefore(begin.plus(change.at()))) {
                happens(change, now);
                change = null;
            }
            return limit.spend(cost, now);
        }

        private void happens(QuotaChange what, Instant now) {
            switch (what) {
                case NewQuota(Duration _, StandInSettings settings) -> limit = StandInQuota.of(settings);
                case SpentElsewhere(Duration _, int requests) -> {
                    for (int i = 0; i < requests; i++) {
                        limit.spend(1, now);
                    }
                }
            }
        }
    }
}
