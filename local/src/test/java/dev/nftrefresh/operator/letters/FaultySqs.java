package dev.nftrefresh.operator.letters;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
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
 * The calls of one process, of which one may fail, or find the process killed: before SQS gets it, or after SQS did what it
 * asked for. It waits for no message.
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
    private final int faultAt;
    private final boolean kills;
    private final boolean arrives;
    private final Runnable beforeEach;
    private int calls;

    /**
     * Calls SQS through this client.
     *
     * @param faultAt the call that is not answered, from 1
     * @param kills whether the process is killed then, and calls nothing any more; else the call fails
     * @param arrives whether SQS still gets that call
     * @param beforeEach happens meanwhile
     */
    FaultySqs(SqsClient sqs, int faultAt, boolean kills, boolean arrives, Runnable beforeEach) {
        this.sqs = sqs;
        this.faultAt = faultAt;
        this.kills = kills;
        this.arrives = arrives;
        this.beforeEach = beforeEach;
    }

    /** One to which nothing happens. */
    static FaultySqs lasting(SqsClient sqs, Runnable beforeEach) {
        return new FaultySqs(sqs, Integer.MAX_VALUE, false, true, beforeEach);
    }

    /** Whether so many calls were made. */
    BooleanSupplier afterCalls(int some) {
        return () -> calls >= some;
    }

    private <T> T call(Supplier<T> call) {
        calls++;
        if ((kills && calls > faultAt) || (calls == faultAt && !arrives)) {
            throw fault();
        }
        beforeEach.run();
        T answer = call.get();
        if (calls == faultAt) {
            throw fault();
        }
        return answer;
    }

    private RuntimeException fault() {
        return kills ? new KilledException() : SdkClientException.create("no answer");
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        return call(
                () -> sqs.receiveMessage(request.toBuilder().waitTimeSeconds(0).build()));
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
