package dev.nftrefresh.local.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the stand-in limits and answers.
 *
 * @param limit refreshes in a window; null is no limit
 * @param window in which the limit refills
 * @param refill how it refills
 * @param unit what spends from it
 * @param latency of each answer
 */
public record StandInSettings(
        @Nullable Long limit, Duration window, QuotaRefill refill, StandInQuotaUnit unit, Duration latency) {
    /** No limit, and answers at once. */
    public static final StandInSettings UNLIMITED =
            new StandInSettings(null, Duration.ofHours(1), QuotaRefill.WINDOW, StandInQuotaUnit.REQUEST, Duration.ZERO);

    /** So many requests in a window that opens with the first one. */
    public static StandInSettings perWindow(long limit, Duration window) {
        return new StandInSettings(limit, window, QuotaRefill.WINDOW, StandInQuotaUnit.REQUEST, Duration.ZERO);
    }

    /** So many requests at once, and evenly as many again in each window's length. */
    public static StandInSettings steady(long limit, Duration window) {
        return new StandInSettings(limit, window, QuotaRefill.STEADY, StandInQuotaUnit.REQUEST, Duration.ZERO);
    }
}
