package dev.nftrefresh.local.queue;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.Message;

/** An event that a poller of the model gathers. */
public final class ModelEvent {
    private final EventBatch batch = new EventBatch(MappingSettings.MAX_BATCH_SIZE, "arn:aws:sqs:us-east-1:0:model");

    /** Takes the message unless the event would grow over a limit of Lambda's. */
    public boolean offer(Message message) {
        return batch.offer(message);
    }

    public int size() {
        return batch.size();
    }

    public InputStream json() {
        return batch.event();
    }

    public Map<String, String> receiptHandles() {
        return batch.receiptHandles();
    }

    /** The ids of the messages that the function's answer leaves in the queue. */
    public Set<String> staying(byte[] answer) {
        return switch (BatchAnswer.read(answer, batch.receiptHandles().keySet())) {
            case BatchAnswer.Failed(var ids) -> ids;
            case BatchAnswer.Unusable(var why, var cause) -> throw new AssertionError(why, cause);
        };
    }

    public static Context context(String requestId, Instant deadline, Clock clock) {
        return new LocalContext("model", requestId, deadline, clock);
    }
}
