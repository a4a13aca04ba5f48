package dev.nftrefresh.local.sqs;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The stack's queues without a server, which deliver their messages in no order. */
public final class SimulatedQueues {
    public static final String QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/000000000000/nft-refresh";
    private static final String BULK = "-bulk";
    private static final String FILES = "-files";
    private static final String SETTLING = "-settling";
    private static final String DEAD_LETTERS = "-dead-letters";
    public static final String BULK_QUEUE_URL = QUEUE_URL + BULK;
    /** News of files to load. */
    public static final String FILES_QUEUE_URL = QUEUE_URL + FILES;

    /** News of files whose tokens are not settled yet. */
    public static final String SETTLING_QUEUE_URL = QUEUE_URL + SETTLING;

    public static final String DEAD_LETTER_QUEUE_URL = QUEUE_URL + DEAD_LETTERS;

    private final InMemorySqsQueue live;
    private final InMemorySqsQueue bulk;
    private final InMemorySqsQueue files;
    private final InMemorySqsQueue settling;
    private final InMemorySqsQueue deadLetters;

    private SimulatedQueues(
            SqsQueueSettings settings, Clock clock, Supplier<VisibleMessages> order, Function<String, UUID> ids) {
        deadLetters = new InMemorySqsQueue(
                settings.named(settings.name() + DEAD_LETTERS),
                null,
                clock,
                new VisibleMessages.InOrderMessages(),
                ids);
        live = new InMemorySqsQueue(settings, deadLetters, clock, order.get(), ids);
        bulk = new InMemorySqsQueue(settings.named(settings.name() + BULK), deadLetters, clock, order.get(), ids);
        files = new InMemorySqsQueue(settings.named(settings.name() + FILES), deadLetters, clock, order.get(), ids);
        settling =
                new InMemorySqsQueue(settings.named(settings.name() + SETTLING), deadLetters, clock, order.get(), ids);
    }

    /** Empty queues. */
    public SimulatedQueues(SqsQueueSettings settings, Clock clock, RandomGenerator random) {
        this(settings, clock, () -> new SampledMessages(random), _ -> new UUID(random.nextLong(), random.nextLong()));
    }

    /**
     * Empty queues in which the same calls, whichever of those that are made at once comes first, have the same effect: of
     * what happens on several threads, only what was said counts.
     */
    public static SimulatedQueues repeatable(SqsQueueSettings settings, Clock clock, long seed) {
        var sameBodies = new HashMap<String, Integer>();
        Function<String, UUID> ids = body -> {
            synchronized (sameBodies) {
                int before = sameBodies.merge(body, 1, Integer::sum);
                return new UUID(ShuffledMessages.mixed(seed + body.hashCode()), before);
            }
        };
        return new SimulatedQueues(settings, clock, () -> new ShuffledMessages(seed), ids);
    }

    /** Of updates that a backend queued. */
    public SimulatedQueue live() {
        return new SimulatedQueue(live);
    }

    /** Of updates out of bulk files. */
    public SimulatedQueue bulk() {
        return new SimulatedQueue(bulk);
    }

    /** Of news of files. */
    public SimulatedQueue files() {
        return new SimulatedQueue(files);
    }

    /** Of news of files whose tokens are not settled yet. */
    public SimulatedQueue settling() {
        return new SimulatedQueue(settling);
    }

    /** Of what was rejected. */
    public SimulatedQueue deadLetters() {
        return new SimulatedQueue(deadLetters);
    }

    /** Whether all are empty but for dead letters, and nothing of them is in flight. */
    public boolean areEmpty() {
        return live.depth().total()
                        + bulk.depth().total()
                        + files.depth().total()
                        + settling.depth().total()
                == 0;
    }

    /** Takes the bodies out of the dead-letter queue. */
    public List<String> takeDeadLetters() {
        var bodies = new ArrayList<String>();
        try {
            List<MessageDelivery> received = deadLetters.receive(10, Duration.ofHours(1), Duration.ZERO);
            while (!received.isEmpty()) {
                for (MessageDelivery delivery : received) {
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

    InMemorySqsQueue named(String url) {
        return switch (url) {
            case QUEUE_URL -> live;
            case BULK_QUEUE_URL -> bulk;
            case FILES_QUEUE_URL -> files;
            case SETTLING_QUEUE_URL -> settling;
            default -> deadLetters;
        };
    }
}
