package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** A queue of the stack, as a producer and an operator see it. */
record StackQueue(SqsClient sqs, String url) {
    private static final int BATCH = 10;

    /** How many messages are waiting, received and not deleted, or delayed. */
    record Depth(int visible, int invisible, int delayed) {
        static final Depth EMPTY = new Depth(0, 0, 0);
    }

    /** Sends these bodies, and says the messages' ids in the same order. */
    List<String> send(List<String> bodies) {
        var ids = new ArrayList<String>();
        for (int from = 0; from < bodies.size(); from += BATCH) {
            List<String> batch = bodies.subList(from, Math.min(from + BATCH, bodies.size()));
            var entries = IntStream.range(0, batch.size())
                    .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                            .id(String.valueOf(i))
                            .messageBody(batch.get(i))
                            .build())
                    .toList();
            var answer = sqs.sendMessageBatch(send -> send.queueUrl(url).entries(entries));
            assertThat(answer.failed()).isEmpty();
            answer.successful().stream()
                    .sorted(Comparator.comparingInt(sent -> Integer.parseInt(sent.id())))
                    .forEach(sent -> ids.add(sent.messageId()));
        }
        return ids;
    }

    Depth depth() {
        var attributes = attributes();
        return new Depth(
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
    }

    Map<QueueAttributeName, String> attributes() {
        return sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
    }

    String arn() {
        return String.valueOf(attributes().get(QueueAttributeName.QUEUE_ARN));
    }

    /** The account that owns it. */
    String account() {
        return arn().split(":", -1)[4];
    }

    Duration visibilityTimeout() {
        return Duration.ofSeconds(number(attributes(), QueueAttributeName.VISIBILITY_TIMEOUT));
    }

    void setVisibilityTimeout(Duration timeout) {
        sqs.setQueueAttributes(set -> set.queueUrl(url)
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, String.valueOf(timeout.toSeconds()))));
    }

    /** Receives what is visible, each message for so long. */
    List<Message> receive(Duration visibility) {
        return sqs.receiveMessage(receive -> receive.queueUrl(url)
                        .maxNumberOfMessages(BATCH)
                        .visibilityTimeout((int) visibility.toSeconds())
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
    }

    /** Waits for so many messages and takes them out of the queue. */
    List<Message> take(int count) {
        var taken = new ArrayList<Message>();
        await(count + " messages in " + url).atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (Message message : receive(Duration.ofMinutes(1))) {
                sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
                taken.add(message);
            }
            assertThat(taken).hasSizeGreaterThanOrEqualTo(count);
        });
        assertThat(taken).hasSize(count);
        return taken;
    }

    void giveBack(Message message) {
        sqs.changeMessageVisibility(change ->
                change.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
    }

    /** Moves all its messages, as {@code aws sqs start-message-move-task} does. */
    void moveTo(StackQueue destination) {
        sqs.startMessageMoveTask(move -> move.sourceArn(arn()).destinationArn(destination.arn()));
    }

    static String attribute(Message message, String name) {
        return Objects.requireNonNull(message.messageAttributes().get(name), name)
                .stringValue();
    }

    static int receives(Message message) {
        return Integer.parseInt(
                String.valueOf(message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)));
    }

    private static int number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        return Integer.parseInt(String.valueOf(attributes.get(name)));
    }
}
