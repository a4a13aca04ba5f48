package dev.nftrefresh.operator.letters;

import dev.nftrefresh.queue.MessageAttributeNames;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A dead letter as SQS delivered it.
 *
 * @param message with all its attributes
 * @param aboutFile whether it is S3's notice of a file, not a message of updates
 */
record ReceivedDeadLetter(Message message, LetterSubject subject, boolean aboutFile) {
    /** Longer than any name of a reason; whoever may send to the queue may write anything. */
    private static final int LONGEST_REASON = 50;

    static ReceivedDeadLetter ofUpdates(Message message) {
        return new ReceivedDeadLetter(message, LetterSubject.ofUpdates(message.body()), false);
    }

    static ReceivedDeadLetter ofFile(Message message) {
        return new ReceivedDeadLetter(message, LetterSubject.ofFile(message.body()), true);
    }

    String id() {
        return message.messageId();
    }

    String receiptHandle() {
        return message.receiptHandle();
    }

    String body() {
        return message.body();
    }

    Map<String, MessageAttributeValue> attributes() {
        return message.messageAttributes();
    }

    /** The text of a message attribute; null if there is none. */
    @Nullable
    String attribute(String name) {
        MessageAttributeValue value = attributes().get(name);
        return value == null ? null : value.stringValue();
    }

    /** When it was put into a queue: of what SQS moved by itself, into the one that it came from. */
    Instant sentAt() {
        return Instant.ofEpochMilli(
                Long.parseLong(message.attributes().getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0")));
    }

    /** The ARN of the queue out of which SQS moved it by itself; null if the function sent it. */
    @Nullable
    String movedFrom() {
        return message.attributes().get(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN);
    }

    /** Whether nothing says where it came from: it is of a release that did not, or somebody sent it by hand. */
    boolean lacksLane() {
        return !aboutFile && movedFrom() == null && attribute(MessageAttributeNames.LANE) == null;
    }

    /** Why it is one. What SQS moved by itself may carry the reason of an earlier letter. */
    LetterReason reason() {
        if (aboutFile) {
            return LetterReason.FILE_NOT_LOADED;
        }
        String reason = attribute(MessageAttributeNames.REJECT_REASON);
        return reason == null || movedFrom() != null
                ? LetterReason.NONE
                : new LetterReason(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
    }

    /** What else it says about that; empty if nothing. */
    String detail() {
        if (aboutFile) {
            return subject.file() == null ? "" : subject.file();
        }
        String detail = movedFrom() == null ? attribute(MessageAttributeNames.REJECT_DETAIL) : null;
        return detail == null ? "" : detail;
    }

    /** Which queue it goes back to, unless an operator knows better. */
    LetterDestination destination(LetterQueues queues) {
        return destination(queues, LetterDestination.REFRESH);
    }

    /**
     * Which queue it goes back to.
     *
     * @param withoutLane that of a letter which does not say where it came from
     */
    LetterDestination destination(LetterQueues queues, LetterDestination withoutLane) {
        if (aboutFile) {
            return LetterDestination.BULK;
        }
        if (lacksLane()) {
            return withoutLane;
        }
        String arn = movedFrom();
        boolean bulk = arn == null
                ? MessageAttributeNames.BULK.equals(attribute(MessageAttributeNames.LANE))
                : queues.isBulkRefreshQueue(arn);
        return bulk ? LetterDestination.BULK_REFRESH : LetterDestination.REFRESH;
    }
}
