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
    private final Listener listener;

    /** Is told of each call before and after it is made, and of what it did to the queue; called by many threads. */
    public interface Listener {
        /** May throw what ends the copy, or what a call throws that was never made. */
        void beforeCall(Call call);

        /** May throw what a call throws whose answer is lost. */
        default void afterCall(Call call) {}

        /** Whether SQS is not able to take this entry of a batch, by no fault of the caller's. */
        default boolean refuses(Call call, String entry) {
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
    public record Call(String what, List<String> entries) {}

    /** Calls these queues. */
    public SimulatedSqs(SimulatedQueues queues, Listener listener) {
        this.queues = queues;
        this.listener = listener;
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        SqsQueue queue = queues.named(request.queueUrl());
        var bodies = request.entries().stream()
                .map(SendMessageBatchRequestEntry::messageBody)
                .toList();
        var call = new Call("send " + queue.settings().name(), bodies);
        var failed = new ArrayList<BatchResultErrorEntry>();
        listener.beforeCall(call);
        for (SendMessageBatchRequestEntry entry : request.entries()) {
            attempt(call, entry.messageBody(), entry.id(), failed, () -> send(queue, entry));
        }
        listener.changed();
        listener.afterCall(call);
        return SendMessageBatchResponse.builder().failed(failed).build();
    }

    private static void send(SqsQueue queue, SendMessageBatchRequestEntry entry) {
        NewMessage message = NewMessage.of(entry.messageBody(), entry.messageAttributes(), entry.delaySeconds());
        queue.send(message.body(), Md5.ofBody(message.body()), message.attributes(), message.delay(), LocalSqs.ACCOUNT);
    }

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        SqsQueue queue = queues.named(request.queueUrl());
        var handles = request.entries().stream()
                .map(entry -> entry.receiptHandle() + " " + entry.visibilityTimeout())
                .toList();
        var call = new Call("hide " + queue.settings().name(), handles);
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
        SqsQueue queue = queues.named(request.queueUrl());
        var call = new Call("hide " + queue.settings().name(), List.of(request.receiptHandle()));
        listener.beforeCall(call);
        try {
            queue.changeVisibility(request.receiptHandle(), Duration.ofSeconds(request.visibilityTimeout()));
        } catch (SqsError e) {
            throw SqsException.builder().message(e.getMessage()).statusCode(400).build();
        }
        listener.changed();
        listener.afterCall(call);
        return ChangeMessageVisibilityResponse.builder().build();
    }

    private void attempt(Call call, String content, String id, List<BatchResultErrorEntry> failed, Runnable work) {
        if (listener.refuses(call, content)) {
            failed.add(failure(id, false, "InternalError", "The simulation asked for it."));
            return;
        }
        try {
            work.run();
        } catch (SqsError e) {
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
