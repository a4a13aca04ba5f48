package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.sqs.ReceivedRecord;
import dev.nftrefresh.local.sqs.SimulatedQueue;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Receives for all pollers of a queue; some messages are delivered twice, and some receives are lost. */
final class QueueFeed {
    private static final int MOST = 10;
    private static final Duration LATEST_DUPLICATE = Duration.ofSeconds(90);

    private final VirtualTime time;
    private final SimulatedQueue queue;
    private final QueuePlan plan;
    private final Duration wellAt;
    private final SplittableRandom random;
    private final PriorityQueue<DuplicateDelivery> duplicates =
            new PriorityQueue<>(Comparator.comparing(DuplicateDelivery::due));
    private final Map<String, Integer> receives = new HashMap<>();

    QueueFeed(VirtualTime time, SimulatedQueue queue, QueuePlan plan, Duration wellAt, SplittableRandom random) {
        this.time = time;
        this.queue = queue;
        this.plan = plan;
        this.wellAt = wellAt;
        this.random = random;
    }

    private record DuplicateDelivery(Instant due, ReceivedRecord message) {}

    Duration wellAt() {
        return wellAt;
    }

    boolean isWell() {
        return Duration.between(VirtualTime.START, time.now()).compareTo(wellAt) >= 0;
    }

    /** One call; empty if nothing is visible. */
    List<ReceivedRecord> receive() {
        var received = new ArrayList<ReceivedRecord>();
        for (ReceivedRecord message : queue.receive(MOST)) {
            boolean unseen = !isWell() && random.nextInt(100) < plan.percentUnseen();
            boolean twice = !isWell() && random.nextInt(100) < plan.percentTwice();
            receives.merge(message.messageId(), unseen ? 0 : 1, Integer::sum);
            if (!unseen) {
                received.add(message);
            }
            if (twice) {
                var late = Duration.ofMillis(random.nextLong(LATEST_DUPLICATE.toMillis()));
                duplicates.add(new DuplicateDelivery(time.now().plus(late), message));
            }
        }
        while (received.size() < MOST
                && !duplicates.isEmpty()
                && !duplicates.element().due().isAfter(time.now())) {
            received.add(duplicates.remove().message());
        }
        return received;
    }

    /** Deletes the messages unless it fails. */
    void delete(List<String> receiptHandles) {
        for (String handle : receiptHandles) {
            if (isWell() || random.nextInt(100) >= plan.percentUndeleted()) {
                queue.delete(handle);
            }
        }
    }

    /** When a message may become visible next. */
    Optional<Instant> next() {
        Optional<Instant> visible = queue.nextVisible();
        if (duplicates.isEmpty()) {
            return visible;
        }
        Instant duplicate = duplicates.element().due();
        return Optional.of(visible.filter(duplicate::isAfter).orElse(duplicate));
    }

    boolean hasDuplicates() {
        return !duplicates.isEmpty();
    }

    /** How often each message was seen by an invocation, duplicates left out. */
    Map<String, Integer> receives() {
        return receives;
    }
}
