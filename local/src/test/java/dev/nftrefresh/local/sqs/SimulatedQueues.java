package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The refresh queue and its dead-letter queue without a server, handing out their messages in no order. */
public final class SimulatedQueues {
    public static final String QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/000000000000/nft-refresh";
    public static final String DEAD_LETTER_QUEUE_URL = QUEUE_URL + "-dead-letters";

    private final SqsQueue queue;
    private final SqsQueue deadLetters;

    /** Empty queues. */
    public SimulatedQueues(QueueSettings settings, Clock clock, RandomGenerator random) {
        Supplier<UUID> ids = () -> new UUID(random.nextLong(), random.nextLong());
        deadLetters = new SqsQueue(settings, null, clock, new VisibleMessages.InOrder(), ids);
        queue = new SqsQueue(settings, deadLetters, clock, new SampledMessages(random), ids);
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
                        RecordJson.of(delivery),
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

    /** Takes the bodies out of the dead-letter queue. */
    public List<String> takeDeadLetters() {
        var bodies = new ArrayList<String>();
        try {
            List<Delivery> received = deadLetters.receive(10, Duration.ofHours(1), Duration.ZERO);
            while (!received.isEmpty()) {
                for (Delivery delivery : received) {
                    bodies.add(delivery.body());
                    deadLetters.delete(delivery.receiptHandle());
                }
                received = deadLetters.receive(10, Duration.ofHours(1), Duration.ZERO);
            }
            return bodies;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    SqsQueue named(String url) {
        return url.equals(QUEUE_URL) ? queue : deadLetters;
    }
}
