package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** What one copy of the function calls of SQS, answered in the same thread. */
public final class SimulatedSqs implements SqsClient {
    private final SimulatedQueues queues;
    private final Listener listener;

    /** Is told of each call before it is made, and of what it did to the queue; called by many threads. */
    public interface Listener {
        /** May throw what ends the copy. */
        void beforeCall();

        /** Something may be visible now, or earlier than before. */
        void changed();
    }

    /** Calls these queues. */
    public SimulatedSqs(SimulatedQueues queues, Listener listener) {
        this.queues = queues;
        this.listener = listener;
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        listener.beforeCall();
        SqsQueue queue = queues.named(request.queueUrl());
        for (SendMessageBatchRequestEntry entry : request.entries()) {
            ObjectNode attributes = JsonNodeFactory.instance.objectNode();
            entry.messageAttributes()
                    .forEach((name, value) -> attributes
                            .putObject(name)
                            .put("DataType", value.dataType())
                            .put("StringValue", value.stringValue()));
            queue.send(
                    entry.messageBody(),
                    Md5.ofBody(entry.messageBody()),
                    attributes,
                    Duration.ofSeconds(entry.delaySeconds()));
        }
        listener.changed();
        return SendMessageBatchResponse.builder().failed(List.of()).build();
    }

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        listener.beforeCall();
        SqsQueue queue = queues.named(request.queueUrl());
        var failed = new ArrayList<BatchResultErrorEntry>();
        for (var entry : request.entries()) {
            try {
                queue.changeVisibility(entry.receiptHandle(), Duration.ofSeconds(entry.visibilityTimeout()));
            } catch (SqsError e) {
                failed.add(BatchResultErrorEntry.builder()
                        .id(entry.id())
                        .senderFault(true)
                        .code(e.code)
                        .message(e.getMessage())
                        .build());
            }
        }
        listener.changed();
        return ChangeMessageVisibilityBatchResponse.builder().failed(failed).build();
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
