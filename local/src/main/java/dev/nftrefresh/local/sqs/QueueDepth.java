package dev.nftrefresh.local.sqs;

import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * How many messages a queue holds, as it says itself.
 *
 * @param visible can be received now
 * @param inFlight were received and come back unless they are deleted
 * @param delayed were never received and cannot be yet
 */
public record QueueDepth(int visible, int inFlight, int delayed) {
    /** Asks the queue. */
    public static QueueDepth of(SqsClient sqs, String queueUrl) {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(call -> call.queueUrl(queueUrl)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .attributes();
        return new QueueDepth(
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
    }

    private static int number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        String value = attributes.get(name);
        if (value == null) {
            throw new IllegalStateException("The queue did not say its " + name + ".");
        }
        return Integer.parseInt(value);
    }

    /** Those of two queues. */
    public QueueDepth plus(QueueDepth other) {
        return new QueueDepth(visible + other.visible, inFlight + other.inFlight, delayed + other.delayed);
    }

    /** All messages, wherever they are. */
    public int total() {
        return visible + inFlight + delayed;
    }
}
