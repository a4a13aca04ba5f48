package dev.nftrefresh.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/** What the SDK's client must see of a queue, whatever implements it. The queue's visibility timeout is 60 s. */
abstract class SqsContract {
    abstract SqsClient sqs();

    abstract String queueUrl();

    List<Message> receive(int waitSeconds) {
        return sqs().receiveMessage(call -> call.queueUrl(queueUrl())
                        .maxNumberOfMessages(10)
                        .waitTimeSeconds(waitSeconds)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
    }

    void send(String body) {
        sqs().sendMessage(call -> call.queueUrl(queueUrl()).messageBody(body));
    }

    static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }

    List<BatchResultErrorEntry> sendBatch(SendMessageBatchRequestEntry... entries) {
        return sqs().sendMessageBatch(call -> call.queueUrl(queueUrl()).entries(entries))
                .failed();
    }

    List<BatchResultErrorEntry> changeVisibility(int seconds, String... handles) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = IntStream.range(0, handles.length)
                .mapToObj(i -> ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(String.valueOf(i))
                        .receiptHandle(handles[i])
                        .visibilityTimeout(seconds)
                        .build())
                .toList();
        return sqs().changeMessageVisibilityBatch(
                        call -> call.queueUrl(queueUrl()).entries(entries))
                .failed();
    }

    List<BatchResultErrorEntry> delete(String... handles) {
        List<DeleteMessageBatchRequestEntry> entries = IntStream.range(0, handles.length)
                .mapToObj(i -> DeleteMessageBatchRequestEntry.builder()
                        .id(String.valueOf(i))
                        .receiptHandle(handles[i])
                        .build())
                .toList();
        return sqs().deleteMessageBatch(call -> call.queueUrl(queueUrl()).entries(entries))
                .failed();
    }

    QueueDepth depth() {
        return QueueDepth.of(sqs(), queueUrl());
    }

    @Test
    void deliversBodyAndAttributesAsTheyWereSent() {
        var attributes = Map.of(
                "RejectReason",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("INVALID_TOKEN")
                                .build(),
                "Attempts",
                        MessageAttributeValue.builder()
                                .dataType("Number")
                                .stringValue("2")
                                .build());
        sqs().sendMessage(call -> call.queueUrl(queueUrl())
                .messageBody("{\"a\":\"é\u0085\uD83D\uDDE1 \\\" \t\"}\r\n")
                .messageAttributes(attributes));

        Message message = receive(0).getFirst();

        assertThat(message.body()).isEqualTo("{\"a\":\"é\u0085\uD83D\uDDE1 \\\" \t\"}\r\n");
        assertThat(message.messageAttributes()).isEqualTo(attributes);
        assertThat(message.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")
                .containsKeys(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
                        MessageSystemAttributeName.SENDER_ID);
    }

    @Test
    void hidesWhatWasReceivedUntilItIsDeleted() {
        send("a");
        Message message = receive(0).getFirst();

        assertThat(receive(0)).isEmpty();
        assertThat(depth()).isEqualTo(new QueueDepth(0, 1, 0));
        assertThat(delete(message.receiptHandle())).isEmpty();
        assertThat(depth().total()).isZero();
    }

    @Test
    void showsAMessageAgainAtOnceWhenItsVisibilityTimeoutBecomesZero() {
        send("a");
        Message first = receive(0).getFirst();

        assertThat(changeVisibility(0, first.receiptHandle())).isEmpty();
        Message second = receive(2).getFirst();

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.attributes()).containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
        assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
    }

    @Test
    void showsAMessageAgainWhenItsNewVisibilityTimeoutIsOver() {
        send("a");
        assertThat(changeVisibility(1, receive(0).getFirst().receiptHandle())).isEmpty();

        assertThat(receive(0)).isEmpty();
        assertThat(receive(10)).hasSize(1);
    }

    @Test
    void holdsADelayedMessageBack() {
        sqs().sendMessage(call -> call.queueUrl(queueUrl()).messageBody("later").delaySeconds(1));

        assertThat(receive(0)).isEmpty();
        assertThat(depth()).isEqualTo(new QueueDepth(0, 0, 1));
        assertThat(receive(10)).hasSize(1);
    }

    @Test
    void answersABatchEntryByEntry() {
        List<BatchResultErrorEntry> failed = sendBatch(entry("good", "a"), entry("bad", "\u0001"), entry("too", "b"));

        assertThat(failed).singleElement().satisfies(failure -> {
            assertThat(failure.id()).isEqualTo("bad");
            assertThat(failure.senderFault()).isTrue();
        });
        assertThat(receive(0)).extracting(Message::body).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void acceptsTenEntriesInABatchAndNoMore() {
        var ten =
                IntStream.range(0, 10).mapToObj(i -> entry("id" + i, "a")).toArray(SendMessageBatchRequestEntry[]::new);
        assertThat(sendBatch(ten)).isEmpty();
        assertThat(receive(0)).hasSize(10);

        SendMessageBatchRequestEntry[] eleven = Arrays.copyOf(ten, 11);
        eleven[10] = entry("one-more", "a");
        assertThatThrownBy(() -> sendBatch(eleven)).isInstanceOf(TooManyEntriesInBatchRequestException.class);
        assertThatThrownBy(() -> sendBatch(entry("same", "a"), entry("same", "b")))
                .isInstanceOf(BatchEntryIdsNotDistinctException.class);
    }

    @Test
    void acceptsAMebibyteAndNoMore() {
        send("x".repeat(1_048_576));

        assertThat(receive(0).getFirst().body()).hasSize(1_048_576);
        assertThatThrownBy(() -> send("x".repeat(1_048_577))).isInstanceOf(SqsException.class);
    }

    @Test
    void doesNotChangeTheVisibilityOfADeletedMessage() {
        send("a");
        send("b");
        List<Message> both = receive(0);
        delete(both.getFirst().receiptHandle());

        assertThat(changeVisibility(
                        5, both.getFirst().receiptHandle(), both.getLast().receiptHandle()))
                .singleElement()
                .satisfies(failure -> assertThat(failure.id()).isEqualTo("0"));
    }
}
