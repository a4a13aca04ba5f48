package dev.nftrefresh.bulkload;

import dev.nftrefresh.queue.SqsCallDeadline;
import dev.nftrefresh.queue.SqsSender;
import java.util.List;

/** An SQS queue; the sender retries what it did not accept through no fault of ours. */
public final class SqsRefreshQueue implements RefreshQueue {
    private final SqsSender sender;

    /** A queue with this sender. */
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
