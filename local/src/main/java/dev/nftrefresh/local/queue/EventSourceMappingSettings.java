package dev.nftrefresh.local.queue;

import java.time.Duration;

/**
 * What an event source mapping and its function are set to.
 *
 * @param queueUrl where messages are taken from
 * @param queueArn what each record says of that
 * @param functionName what the context says
 * @param batchSize messages in an event at most
 * @param batchingWindow how long an event waits for more, from its first message
 * @param functionTimeout after which an invocation is interrupted
 * @param waitsOutWindow whether an event waits that long even if nothing more seems to come
 * @param stopTimeout how long {@link EventSourceMapping#close()} waits for the invocations under way
 */
public record EventSourceMappingSettings(
        String queueUrl,
        String queueArn,
        String functionName,
        int batchSize,
        Duration batchingWindow,
        boolean waitsOutWindow,
        Duration functionTimeout,
        Duration stopTimeout) {
    /** Lambda's own limit. */
    public static final int MAX_BATCH_SIZE = 10_000;

    /** For a queue to which all is sent before: an event goes once nothing more seems to come. */
    public EventSourceMappingSettings(
            String queueUrl,
            String queueArn,
            String functionName,
            int batchSize,
            Duration batchingWindow,
            Duration functionTimeout,
            Duration stopTimeout) {
        this(queueUrl, queueArn, functionName, batchSize, batchingWindow, false, functionTimeout, stopTimeout);
    }

    /** The same for a queue to which messages come one by one: each event waits as long as Lambda lets it. */
    public EventSourceMappingSettings waitingOutWindow() {
        return new EventSourceMappingSettings(
                queueUrl, queueArn, functionName, batchSize, batchingWindow, true, functionTimeout, stopTimeout);
    }
}
