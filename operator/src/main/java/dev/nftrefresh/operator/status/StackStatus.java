package dev.nftrefresh.operator.status;

import dev.nftrefresh.operator.status.BulkFileReports.Found;
import dev.nftrefresh.ratelimit.RateLimiterStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a stack at a moment.
 *
 * @param spentByOthers of the quota's window, as far as metrics tell; null if they do not
 * @param acceptedInLastHour updates; null if no metric tells
 * @param tokensPerMessage of updates, in the last hour; null if no metric tells
 * @param ending alarms that are still on although what they are for is over
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
        @Nullable Double tokensPerMessage,
        DeadLetterCounts deadLetters,
        Found files,
        List<EndingAlarm> ending,
        List<OperatorConcern> concerns) {
    boolean isWell() {
        return concerns.isEmpty();
    }

    /** About how many tokens wait in a queue, if its messages are like those of the last hour; null if nobody can tell. */
    @Nullable
    Long estimatedTokens(QueueStatus queue) {
        return tokensPerMessage == null || queue.queue() == QueueStatus.Queue.FILES || queue.messages() == 0
                ? null
                : (Long) Math.round(queue.messages() * Math.max(1, tokensPerMessage));
    }
}
