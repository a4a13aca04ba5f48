package dev.nftrefresh.operator.letters;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.QueueDepth;
import dev.nftrefresh.operator.status.DeadLetterReasons;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * How many dead letters there are.
 *
 * @param byReason of those that were read: {@code RejectReason}, {@code NONE} if SQS moved them by itself, {@code
 *     FILE_NOT_LOADED} for files
 * @param more that SQS counts beside them, approximately
 */
public record LetterCounts(SortedMap<String, Long> byReason, long more) {
    /** A status that is awaited. */
    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(5);

    /**
     * Reads letters and gives them back at once; for a moment others do not see them.
     *
     * @param longest how long reading may take; those that are not read by then are only counted
     */
    public static LetterCounts read(SqsClient sqs, LetterQueues queues, InstantSource clock, Duration longest) {
        var byReason = new TreeMap<String, Long>();
        long more = 0;
        for (DeadLetterQueue queue : DeadLetterQueue.of(sqs, queues, clock)) {
            QueueDepth depth = queue.depth();
            if (depth.visible() == 0) {
                more += depth.hidden();
                continue;
            }
            var reading = new DeadLetterReader(queue, clock, longest);
            try {
                for (var letters = reading.next(); !letters.isEmpty(); letters = reading.next()) {
                    letters.forEach(letter -> byReason.merge(letter.reason().name(), 1L, Long::sum));
                }
                UnreadLetterCounts left = reading.left();
                more += left.visible() + left.hiddenElsewhere();
            } finally {
                // A letter that could not be made visible becomes visible later; it still counts.
                var _ = reading.giveBack((_, _) -> {});
            }
        }
        return new LetterCounts(byReason, more);
    }

    /** Reads them for a status, by reason alone. */
    public record Reader(InstantSource clock) implements DeadLetterReasons {
        @Override
        public Map<String, Long> count(DeployedStack stack, OperatorClients clients) {
            return read(clients.sqs(), DeadLettersCommand.queues(stack), clock, A_FEW_SECONDS)
                    .byReason();
        }
    }

    /** All that are known of. */
    public long total() {
        return more + byReason.values().stream().mapToLong(Long::longValue).sum();
    }
}
