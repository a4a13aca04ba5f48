package dev.nftrefresh.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer reported about the project's refresh quota; each part is absent where the answer did not report it
 * readably.
 *
 * @param limit {@code imx-refreshes-limit}: refreshes in a one-hour window
 * @param remaining {@code imx-remaining-refreshes}: refreshes left in this window
 * @param reset {@code imx-refresh-limit-reset}: when this window ends
 * @param retryAfter {@code retry-after}, rounded up to milliseconds: a wait only on a 429 or when nothing remains
 * @param unreadable values that could not be read, as {@code name: value}, to be logged
 */
public record ReportedQuota(
        @Nullable Long limit,
        @Nullable Long remaining,
        @Nullable Instant reset,
        @Nullable Duration retryAfter,
        List<String> unreadable) {
    /** An answer that reported nothing. */
    public static final ReportedQuota UNKNOWN = new ReportedQuota(null, null, null, null, List.of());
}
