package dev.nftrefresh.queue;

import dev.nftrefresh.queue.SqsBatchCalls.EntryFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;

/** Returns messages to the queue, each invisible for its own wait. */
public final class SqsVisibilityChanger {
    private final SqsClient sqs;
    private final String queueUrl;
    private final VisibilityTimeouts visibility;

    /** Returns messages of this queue. */
    public SqsVisibilityChanger(SqsClient sqs, String queueUrl, VisibilityTimeouts visibility) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.visibility = visibility;
    }

    /** A message to return. */
    record VisibilityChange(QueuedMessage message, Duration retryIn) {}

    /**
     * Sets the visibility of all of them until the deadline, and returns those where it failed: they keep the queue's
     * own timeout.
     */
    List<EntryFailure<VisibilityChange>> send(List<VisibilityChange> returns, SqsCallDeadline deadline) {
        return SqsBatchCalls.send(
                SizeBoundedChunks.of(returns, _ -> 0, 0, SqsLimits.BATCH_ENTRIES),
                deadline,
                batch -> sendBatch(batch, deadline));
    }

    private List<EntryFailure<VisibilityChange>> sendBatch(List<VisibilityChange> batch, SqsCallDeadline deadline) {
        var entries = IntStream.range(0, batch.size())
                .mapToObj(i -> entry(Integer.toString(i), batch.get(i)))
                .toList();
        var answer = sqs.changeMessageVisibilityBatch(
                call -> call.queueUrl(queueUrl).entries(entries).overrideConfiguration(deadline::bound));
        return SqsBatchCalls.failures(batch, answer.failed());
    }

    private ChangeMessageVisibilityBatchRequestEntry entry(String id, VisibilityChange message) {
        return ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(message.message().receiptHandle())
                .visibilityTimeout(visibility.seconds(message.retryIn()))
                .build();
    }
}
