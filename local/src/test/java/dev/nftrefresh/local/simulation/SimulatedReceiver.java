package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.sqs.ReceivedRecord;
import dev.nftrefresh.local.sqs.SimulatedQueue;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/** Receives for all pollers of a queue: counts, and delivers some messages twice, as a standard queue may. */
final class SimulatedReceiver {
    private static final int MOST = 10;
    private static final Duration LATEST_DUPLICATE = Duration.ofSeconds(90);

    private final VirtualTime time;
    private final SimulatedQueue queue;
    private final double deliveredTwice;
    private final RandomGenerator random;
    private final PriorityQueue<DuplicateDelivery> duplicates =
            new PriorityQueue<>(Comparator.comparing(DuplicateDelivery::due));
    private final ReceiveCounts receives;

    SimulatedReceiver(
            VirtualTime time,
            SimulatedQueue queue,
            double deliveredTwice,
            RandomGenerator random,
            ReceiveCounts receives) {
        this.time = time;
        this.queue = queue;
        this.deliveredTwice = deliveredTwice;
        this.random = random;
        this.receives = receives;
    }

    private record DuplicateDelivery(Instant due, ReceivedRecord message) {}

    /** One call; empty if nothing is visible. */
    List<ReceivedRecord> receive() {
        List<ReceivedRecord> received = new ArrayList<>(queue.receive(MOST));
        for (ReceivedRecord message : received) {
            receives.message(message.receiveCount());
            if (deliveredTwice > 0 && random.nextDouble() < deliveredTwice) {
                var late = Duration.ofMillis(random.nextLong(LATEST_DUPLICATE.toMillis()));
                duplicates.add(new DuplicateDelivery(time.now().plus(late), message));
            }
        }
        while (received.size() < MOST
                && !duplicates.isEmpty()
                && !duplicates.element().due().isAfter(time.now())) {
            received.add(duplicates.remove().message());
        }
        receives.add(received.size());
        return received;
    }
}
