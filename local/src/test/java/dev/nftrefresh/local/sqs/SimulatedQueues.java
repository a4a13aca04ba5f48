package dev.nftrefresh.local.sqs;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The refresh queues and their dead-letter queue without a server, handing out their messages in no order. */
public final class SimulatedQueues {
    public static final String QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/000000000000/nft-refresh";
    private static final String BULK = "-bulk";
    public static final String BULK_QUEUE_URL = QUEUE_URL + BULK;
    public static final String DEAD_LETTER_QUEUE_URL = QUEUE_URL + "-dead-letters";

    private final SqsQueue live;
    private final SqsQueue bulk;
    private final SqsQueue deadLetters;

    /** Empty queues. */
    public SimulatedQueues(QueueSettings settings, Clock clock, RandomGenerator random) {
        Supplier<UUID> ids = () -> new UUID(random.nextLong(), random.nextLong());
        deadLetters = new SqsQueue(settings, null, clock, new VisibleMessages.InOrder(), ids);
        live = new SqsQueue(settings, deadLetters, clock, new SampledMessages(random), ids);
        var ofBulk =
                new QueueSettings(settings.name() + BULK, settings.visibilityTimeout(), settings.maxReceiveCount());
        bulk = new SqsQueue(ofBulk, deadLetters, clock, new SampledMessages(random), ids);
    }

    /** Of updates that a backend queued. */
    public SimulatedQueue live() {
        return new SimulatedQueue(live);
    }

    /** Of updates out of bulk files. */
    public SimulatedQueue bulk() {
        return new SimulatedQueue(bulk);
    }

    /** Whether both are empty, and nothing of them is in flight. */
    public boolean areEmpty() {
        return live.depth().total() + bulk.depth().total() == 0;
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
        return switch (url) {
            case QUEUE_URL -> live;
            case BULK_QUEUE_URL -> bulk;
            default -> deadLetters;
        };
    }
}
