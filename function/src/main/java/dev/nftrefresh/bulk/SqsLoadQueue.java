package dev.nftrefresh.bulk;

import dev.nftrefresh.queue.SqsLimits;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A queue of SQS. */
public final class SqsLoadQueue implements LoadQueue {
    private final SqsClient sqs;
    private final String queueUrl;

    /** The queue of this address. */
    public SqsLoadQueue(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public void hide(String receiptHandle, Duration time) throws Unavailable {
        Duration bounded = time.compareTo(SqsLimits.MAX_VISIBILITY) < 0 ? time : SqsLimits.MAX_VISIBILITY;
        int seconds = Math.toIntExact(bounded.plusNanos(999_999_999).toSeconds());
        try {
            sqs.changeMessageVisibility(
                    call -> call.queueUrl(queueUrl).receiptHandle(receiptHandle).visibilityTimeout(seconds));
        } catch (SdkException e) {
            throw new Unavailable(
                    "The message in %s could not be hidden for %d s: %s".formatted(queueUrl, seconds, e.getMessage()),
                    e);
        }
    }
}
