package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A queue as its producer and its pollers see it. */
public final class SimulatedQueue {
    private final SqsQueue queue;

    SimulatedQueue(SqsQueue queue) {
        this.queue = queue;
    }

    /** What a producer does. */
    public void send(String body) {
        queue.send(body, Md5.ofBody(body), JsonNodeFactory.instance.objectNode(), Duration.ZERO);
    }

    /** What is visible, up to ten messages; empty too while too many are in flight. */
    public List<ReceivedRecord> receive(int max) {
        try {
            var records = new ArrayList<ReceivedRecord>(max);
            for (Delivery delivery : queue.receive(max, queue.settings().visibilityTimeout(), Duration.ZERO)) {
                records.add(new ReceivedRecord(
                        delivery.messageId(),
                        delivery.receiptHandle(),
                        RecordJson.of(delivery, queue.settings().name()),
                        delivery.receiveCount()));
            }
            return records;
        } catch (SqsError _) {
            return List.of();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void delete(String receiptHandle) {
        queue.delete(receiptHandle);
    }

    /** When the next hidden message becomes visible. */
    public Optional<Instant> nextVisible() {
        return queue.nextVisible();
    }

    public QueueDepth depth() {
        return queue.depth();
    }
}
