package dev.nftrefresh.bulk;

import dev.nftrefresh.queue.SqsCallDeadline;
import java.util.List;

/** Where the messages of files go. Safe for use by many threads. */
public interface RefreshQueue {
    /**
     * Puts messages into the queue.
     *
     * @param bodies what one call takes: 10 at most, and 1 MiB of UTF-8 together
     * @param deadline when the call must be over
     * @throws Unavailable if not all of them are known to be taken
     */
    void send(List<String> bodies, SqsCallDeadline deadline) throws Unavailable;
}
