package dev.nftrefresh.bulkload;

import dev.nftrefresh.queue.SqsCallDeadline;
import java.util.List;

/** Where the messages of files go. Safe for use by many threads. */
public interface RefreshQueue {
    /**
     * Puts messages into the queue.
     *
     * @param messages what one call takes: 10 at most, and 1 MiB together
     * @param deadline when the call must be over
     * @throws ServiceUnavailableException if not all of them are known to be taken
     */
    void send(List<PackedMessage> messages, SqsCallDeadline deadline) throws ServiceUnavailableException;
}
