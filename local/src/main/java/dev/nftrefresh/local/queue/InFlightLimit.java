package dev.nftrefresh.local.queue;

import dev.nftrefresh.local.sqs.QueueDepth;
import java.util.function.Supplier;

/**
 * Holds receiving back while SQS's 120,000 messages are in flight. Only receives add to what is in flight, so the queue
 * is asked only when what was in flight then and what was received since could reach the limit.
 */
final class InFlightLimit {
    static final int MAX_IN_FLIGHT = 120_000;

    private final Supplier<QueueDepth> depth;
    private int atMost;

    InFlightLimit(Supplier<QueueDepth> depth) {
        this.depth = depth;
        atMost = MAX_IN_FLIGHT;
    }

    /** Whether so many more may be received; if so, they count from now on, received or not. */
    synchronized boolean take(int messages) {
        if (atMost + messages > MAX_IN_FLIGHT) {
            atMost = depth.get().inFlight();
        }
        if (atMost + messages > MAX_IN_FLIGHT) {
            return false;
        }
        atMost += messages;
        return true;
    }
}
