package dev.nftrefresh.operator.status;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.QueueDepth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A queue of work.
 *
 * @param waiting messages that the function takes next
 * @param hidden messages that are being processed, or hidden until the quota opens: SQS does not distinguish these
 * @param delayed messages that SQS holds back
 * @param oldestAge of the oldest update, as far as metrics show; null if they do not
 * @param arrivedInLastHour messages; null if no metric shows it
 * @param doneInLastHour messages; null if no metric shows it
 */
record QueueStatus(
        Queue queue,
        long waiting,
        long hidden,
        long delayed,
        @Nullable Duration oldestAge,
        @Nullable Long arrivedInLastHour,
        @Nullable Long doneInLastHour) {

    /** The queues through which work passes. */
    enum Queue {
        LIVE("live updates", "live", "RefreshQueueUrl"),
        BULK("bulk updates", "bulk", "BulkRefreshQueueUrl"),
        FILES("files to load", "files", "BulkQueueUrl");

        final String title;
        final String jsonName;
        final String output;

        Queue(String title, String jsonName, String output) {
            this.title = title;
            this.jsonName = jsonName;
            this.output = output;
        }
    }

    static List<QueueStatus> readAll(DeployedStack stack, SqsClient sqs, StackMetrics metrics, InstantSource clock) {
        return Stream.of(Queue.values())
                .map(queue -> {
                    QueueDepth depth = QueueDepth.read(sqs, stack.output(queue.output), clock);
                    return new QueueStatus(
                            queue,
                            depth.visible(),
                            depth.hidden(),
                            depth.delayed(),
                            metrics.oldestAge(queue),
                            metrics.arrivedInLastHour(queue),
                            metrics.doneInLastHour(queue));
                })
                .toList();
    }

    long messages() {
        return waiting + hidden + delayed;
    }
}
