package dev.nftrefresh.queue;

import dev.nftrefresh.queue.SqsBatchCalls.EntryFailure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Sends messages to one queue, as many in a call as SQS accepts. */
public final class SqsSender {
    private final SqsClient sqs;
    private final String queueUrl;

    /** Sends to this queue. */
    public SqsSender(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /** Sends all of them until the deadline, and returns those that SQS did not accept. */
    List<EntryFailure<OutgoingMessage>> send(List<OutgoingMessage> messages, SqsCallDeadline deadline) {
        var batches =
                SizeBoundedChunks.of(messages, OutgoingMessage::bytes, SqsLimits.BATCH_BYTES, SqsLimits.BATCH_ENTRIES);
        return SqsBatchCalls.send(batches, deadline, batch -> sendBatch(batch, deadline));
    }

    /**
     * Sends all of them, in as many calls as needed.
     *
     * @param deadline after which no call is made
     * @return why some of them were not accepted, one reason each; empty if all were
     */
    public List<String> reasonsUnsent(List<OutgoingMessage> messages, SqsCallDeadline deadline) {
        return send(messages, deadline).stream().map(EntryFailure::reason).toList();
    }

    private List<EntryFailure<OutgoingMessage>> sendBatch(List<OutgoingMessage> batch, SqsCallDeadline deadline) {
        var entries = IntStream.range(0, batch.size())
                .mapToObj(i -> entry(Integer.toString(i), batch.get(i)))
                .toList();
        var answer = sqs.sendMessageBatch(
                call -> call.queueUrl(queueUrl).entries(entries).overrideConfiguration(deadline::bound));
        return SqsBatchCalls.failures(batch, answer.failed());
    }

    private static SendMessageBatchRequestEntry entry(String id, OutgoingMessage message) {
        return SendMessageBatchRequestEntry.builder()
                .id(id)
                .messageBody(message.body())
                .messageAttributes(message.attributes().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, attribute -> string(attribute.getValue()))))
                .delaySeconds(VisibilityTimeouts.wholeSeconds(message.delay()))
                .build();
    }

    private static MessageAttributeValue string(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
