package dev.nftrefresh.local.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What one copy of the function calls of SQS, answered in the same thread. */
public final class SimulatedSqs implements SqsClient {
    private final SimulatedQueues queues;
    private final CallListener listener;

    /** Is notified before and after each call, and of its effect on the queue; called by many threads. */
    public interface CallListener {
        /** May throw what ends the copy, or what a call throws that was never made. */
        void beforeCall(SqsCall call);

        /** May throw what a call throws whose answer is lost. */
        default void afterCall(SqsCall call) {}

        /** Whether SQS is not able to take this entry of a batch, by no fault of the caller's. */
        default boolean refuses(SqsCall call, String entry) {
            return false;
        }

        /** Something may be visible now, or earlier than before. */
        void changed();
    }

    /**
     * A call.
     *
     * @param what which one, of which queue
     * @param entries bodies or receipt handles
     */
    public record SqsCall(String what, List<String> entries) {}

    /** Calls these queues. */
    public SimulatedSqs(SimulatedQueues queues, CallListener listener) {
        this.queues = queues;
        this.listener = listener;
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        InMemorySqsQueue queue = queues.named(request.queueUrl());
        var bodies = request.entries().stream()
                .map(SendMessageBatchRequestEntry::messageBody)
                .toList();
        var call = new SqsCall("send " + queue.settings().name(), bodies);
        var failed = new ArrayList<BatchResultErrorEntry>();
        listener.beforeCall(call);
        for (SendMessageBatchRequestEntry entry : request.entries()) {
            attempt(call, entry.messageBody(), entry.id(), failed, () -> send(queue, entry));
        }
        listener.changed();
        listener.afterCall(call);
        return SendMessageBatchResponse.builder().failed(failed).build();
    }

    private static void send(InMemorySqsQueue queue, SendMessageBatchRequestEntry entry) {
        NewMessage message = NewMessage.of(entry.messageBody(), entry.messageAttributes(), entry.delaySeconds());
        queue.send(
                message.body(),
                MessageDigests.ofBody(message.body()),
                message.attributes(),
                message.delay(),
                LocalSqsQueues.ACCOUNT);
    }

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        InMemorySqsQueue queue = queues.named(request.queueUrl());
        var handles = request.entries().stream()
                .map(entry -> entry.receiptHandle() + " " + entry.visibilityTimeout())
                .toList();
        var call = new SqsCall("hide " + queue.settings().name(), handles);
        var failed = new ArrayList<BatchResultErrorEntry>();
        listener.beforeCall(call);
        for (var entry : request.entries()) {
            attempt(
                    call,
                    entry.receiptHandle(),
                    entry.id(),
                    failed,
                    () -> queue.changeVisibility(entry.receiptHandle(), Duration.ofSeconds(entry.visibilityTimeout())));
        }
        listener.changed();
        listener.afterCall(call);
        return ChangeMessageVisibilityBatchResponse.builder().failed(failed).build();
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        InMemorySqsQueue queue = queues.named(request.queueUrl());
        var call = new SqsCall("hide " + queue.settings().name(), List.of(request.receiptHandle()));
        listener.beforeCall(call);
        try {
            queue.changeVisibility(request.receiptHandle(), Duration.ofSeconds(request.visibilityTimeout()));
        } catch (SqsErrorException e) {
            throw SqsException.builder().message(e.getMessage()).statusCode(400).build();
        }
        listener.changed();
        listener.afterCall(call);
        return ChangeMessageVisibilityResponse.builder().build();
    }

    private void attempt(SqsCall call, String content, String id, List<BatchResultErrorEntry> failed, Runnable work) {
        if (listener.refuses(call, content)) {
            failed.add(failure(id, false, "InternalError", "The simulation asked for it."));
            return;
        }
        try {
            work.run();
        } catch (SqsErrorException e) {
            failed.add(failure(id, true, e.code, String.valueOf(e.getMessage())));
        }
    }

    private static BatchResultErrorEntry failure(String id, boolean senderFault, String code, String message) {
        return BatchResultErrorEntry.builder()
                .id(id)
                .senderFault(senderFault)
                .code(code)
                .message(message)
                .build();
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
