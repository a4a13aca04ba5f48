package dev.nftrefresh.operator.status;

import dev.nftrefresh.operator.status.BulkFileReports.Found;
import dev.nftrefresh.ratelimit.RateLimiterStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a stack at a moment.
 *
 * @param spentByOthers of the quota's window, as far as metrics show; null if they do not
  * @param acceptedInLastHour updates; null if no metric shows it
 * @param concerns the most urgent first; nothing needs a person if there is none
 */
record StackStatus(
        String stack,
        String environment,
        Instant at,
        boolean paused,
        List<QueueStatus> queues,
        RateLimiterStatus quota,
        @Nullable Long spentByOthers,
        @Nullable Long acceptedInLastHour,
        DeadLetterCounts deadLetters,
        Found files,
        List<OperatorConcern> concerns) {
    boolean isWell() {
        return concerns.isEmpty();
    }
}
