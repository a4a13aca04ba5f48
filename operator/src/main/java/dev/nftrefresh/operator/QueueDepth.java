package dev.nftrefresh.operator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * How many messages SQS counts in a queue. It calls these figures approximate; they may lag a minute behind.
 *
 * @param visible that can be received
 * @param hidden that somebody has received
 * @param delayed that cannot be received yet
 * @param at when SQS answered, by its own clock where it told the time, with the seconds' fraction cut off
 */
public record QueueDepth(long visible, long hidden, long delayed, Instant at) {
    /**
     * Asks SQS.
     *
     * @param clock tells the time where SQS does not
     */
    public static QueueDepth read(SqsClient sqs, String url, InstantSource clock) {
        var answer = sqs.getQueueAttributes(call -> call.queueUrl(url)
                .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
        return new QueueDepth(
                number(answer, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                number(answer, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                number(answer, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
                time(answer).orElseGet(clock::instant));
    }

    private static long number(GetQueueAttributesResponse answer, QueueAttributeName name) {
        return Long.parseLong(answer.attributes().getOrDefault(name, "0"));
    }

    /** Letters are compared with this time, and it is SQS that dates them. */
    private static Optional<Instant> time(SdkResponse answer) {
        return Optional.ofNullable(answer.sdkHttpResponse())
                .flatMap(http -> http.firstMatchingHeader("Date"))
                .flatMap(QueueDepth::time);
    }

    private static Optional<Instant> time(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** Wherever they are. */
    public long messages() {
        return visible + hidden + delayed;
    }
}
