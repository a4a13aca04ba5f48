package dev.nftrefresh.operator.letters;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * The calls of one process that may be killed before a call, or after SQS did what it asked for and before it heard so; from
 * then on it calls nothing. It waits for no message.
 */
final class FaultySqs implements SqsClient {
    /** The process is gone. */
    static final class KilledException extends RuntimeException {
        private static final long serialVersionUID = 1;

        KilledException() {
            super("killed");
        }
    }

    private final SqsClient sqs;
    private final int lastCall;
    private final boolean lastCallArrives;
    private final Runnable beforeEach;
    private int calls;

    /**
     * Calls SQS through this client.
     *
     * @param lastCall at this one it is killed
     * @param lastCallArrives whether SQS still gets that one
     * @param beforeEach happens meanwhile
     */
    FaultySqs(SqsClient sqs, int lastCall, boolean lastCallArrives, Runnable beforeEach) {
        this.sqs = sqs;
        this.lastCall = lastCall;
        this.lastCallArrives = lastCallArrives;
        this.beforeEach = beforeEach;
    }

    /** One that is never killed. */
    static FaultySqs lasting(SqsClient sqs, Runnable beforeEach) {
        return new FaultySqs(sqs, Integer.MAX_VALUE, true, beforeEach);
    }

    /** How many calls it has made. */
    int calls() {
        return calls;
    }

    BooleanSupplier afterCalls(int some) {
        return () -> calls >= some;
    }

    private <T> T call(Supplier<T> call) {
        calls++;
        if (calls > lastCall || (calls == lastCall && !lastCallArrives)) {
            throw new KilledException();
        }
        beforeEach.run();
        T answer = call.get();
        if (calls == lastCall) {
            throw new KilledException();
        }
        return answer;
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        return call(() ->
                sqs.receiveMessage(request.toBuilder().waitTimeSeconds(0).build()));
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        return call(() -> sqs.sendMessageBatch(request));
    }

    @Override
    public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        return call(() -> sqs.deleteMessageBatch(request));
    }

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        return call(() -> sqs.changeMessageVisibilityBatch(request));
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        return call(() -> sqs.getQueueAttributes(request));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
