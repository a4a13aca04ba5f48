package dev.nftrefresh.bulkload;

import dev.nftrefresh.queue.SqsCallDeadline;
import java.util.List;

/** The queue that takes the messages of files. Thread-safe. */
public interface RefreshQueue {
    /**
     * Sends messages to the queue.
     *
     * @param messages for one call: at most 10, and 1 MiB together
     * @param deadline when the call must be over
     * @throws ServiceUnavailableException if not all of them are known to be accepted
     */
    void send(List<PackedMessage> messages, SqsCallDeadline deadline) throws ServiceUnavailableException;
}
