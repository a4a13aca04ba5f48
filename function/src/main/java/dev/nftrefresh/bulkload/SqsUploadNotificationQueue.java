package dev.nftrefresh.bulkload;

import dev.nftrefresh.queue.OutgoingMessage;
import dev.nftrefresh.queue.SqsCallDeadline;
import dev.nftrefresh.queue.SqsLimits;
import dev.nftrefresh.queue.SqsSender;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** An SQS queue. */
public final class SqsUploadNotificationQueue implements UploadNotificationQueue {
    private final SqsClient sqs;
    private final String queueUrl;

    /** The queue with this URL. */
    public SqsUploadNotificationQueue(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public void hide(String receiptHandle, Duration time) throws ServiceUnavailableException {
        Duration bounded = time.compareTo(SqsLimits.MAX_VISIBILITY) < 0 ? time : SqsLimits.MAX_VISIBILITY;
        int seconds = Math.toIntExact(bounded.plusNanos(999_999_999).toSeconds());
        try {
            sqs.changeMessageVisibility(
                    call -> call.queueUrl(queueUrl).receiptHandle(receiptHandle).visibilityTimeout(seconds));
        } catch (SdkException e) {
            throw new ServiceUnavailableException(
                    "The message in %s could not be hidden for %d s: %s".formatted(queueUrl, seconds, e.getMessage()),
                    e);
        }
    }

    @Override
    public void send(String notice, Duration delay, SqsCallDeadline deadline) throws ServiceUnavailableException {
        List<String> reasons =
                new SqsSender(sqs, queueUrl).reasonsUnsent(List.of(OutgoingMessage.ofText(notice, delay)), deadline);
        if (!reasons.isEmpty()) {
            throw new ServiceUnavailableException(
                    "%s did not take the notice of a file: %s".formatted(queueUrl, reasons.getFirst()), null);
        }
    }
}
