package dev.nftrefresh.bulkload;

import dev.nftrefresh.queue.SqsCallDeadline;
import dev.nftrefresh.queue.SqsSender;
import java.util.List;

/** A queue of SQS; what it does not take by no fault of ours is tried again by the sender. */
public final class SqsRefreshQueue implements RefreshQueue {
    private final SqsSender sender;

    /** The queue that this one sends to. */
    public SqsRefreshQueue(SqsSender sender) {
        this.sender = sender;
    }

    @Override
    public void send(List<PackedMessage> messages, SqsCallDeadline deadline) throws ServiceUnavailableException {
        List<String> reasons = sender.reasonsUnsent(
                messages.stream().map(PackedMessage::outgoing).toList(), deadline);
        if (!reasons.isEmpty()) {
            throw new ServiceUnavailableException(
                    "SQS did not take %d of %d messages of the file: %s"
                            .formatted(reasons.size(), messages.size(), reasons.getFirst()),
                    null);
        }
    }
}
