package dev.nftrefresh.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nftrefresh.local.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What goes beyond the contract: SQS's own limits, and time that a test moves. */
@SuppressWarnings("NullAway.Init")
class LocalSqsQueuesTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T10:00:00Z"));
    private LocalSqsQueues queue;
    private SqsClient sqs;

    @BeforeEach
    void start() {
        queue = new LocalSqsQueues(new SqsQueueSettings("updates", Duration.ofSeconds(60), 2), clock);
        sqs = queue.client();
    }

    @AfterEach
    void stop() {
        sqs.close();
        queue.close();
    }

    private List<Message> receive(String url) {
        return sqs.receiveMessage(call -> call.queueUrl(url)
                        .maxNumberOfMessages(10)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
    }

    private String receiveOne() {
        return receive(queue.queueUrl()).getFirst().receiptHandle();
    }

    private void send(String body) {
        sqs.sendMessage(call -> call.queueUrl(queue.queueUrl()).messageBody(body));
    }

    private void changeVisibility(String handle, int seconds) {
        sqs.changeMessageVisibility(
                call -> call.queueUrl(queue.queueUrl()).receiptHandle(handle).visibilityTimeout(seconds));
    }

    @Test
    void boundsAVisibilityTimeoutInTotalSinceTheReceive() {
        send("a");
        String handle = receiveOne();
        clock.advance(Duration.ofSeconds(50));

        assertThatThrownBy(() -> changeVisibility(handle, 43_151))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("beyond the limit");

        changeVisibility(handle, 43_150);
        clock.advance(Duration.ofSeconds(43_149));
        assertThat(receive(queue.queueUrl())).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(receive(queue.queueUrl())).hasSize(1);
    }

    @Test
    void doesNotChangeTheVisibilityOfAMessageThatIsVisible() {
        send("a");
        String handle = receiveOne();
        clock.advance(Duration.ofSeconds(60));

        assertThatThrownBy(() -> changeVisibility(handle, 10)).hasMessageContaining("not in flight");
    }

    @Test
    void keepsAMessageThatIsDeletedByTheHandleOfAnEarlierReceive() {
        send("a");
        String earlier = receiveOne();
        clock.advance(Duration.ofSeconds(60));
        receiveOne();

        sqs.deleteMessage(call -> call.queueUrl(queue.queueUrl()).receiptHandle(earlier));

        assertThat(QueueDepth.of(sqs, queue.queueUrl()).total()).isEqualTo(1);
    }

    @Test
    void movesAMessageThatWasReceivedTooOftenToTheDeadLetters() {
        send("a");
        for (int receive = 0; receive < 2; receive++) {
            receiveOne();
            clock.advance(Duration.ofSeconds(60));
        }

        assertThat(receive(queue.queueUrl())).isEmpty();

        assertThat(QueueDepth.of(sqs, queue.queueUrl()).total()).isZero();
        Message letter = receive(queue.deadLetterQueueUrl()).getFirst();
        assertThat(letter.body()).isEqualTo("a");
        assertThat(letter.attributes())
                .containsEntry(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        String.valueOf(Instant.parse("2026-11-23T10:00:00Z").toEpochMilli()))
                .containsEntry(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, queue.queueArn());
    }

    @Test
    void countsTheBytesOfBodyAndAttributes() {
        var attributes = Map.of(
                "Name",
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue("é")
                        .build());
        int limit = 1_048_576 - "Name".length() - "String".length() - 2;
        sqs.sendMessage(call -> call.queueUrl(queue.queueUrl())
                .messageBody("é".repeat(limit / 2))
                .messageAttributes(attributes));

        assertThatThrownBy(() -> sqs.sendMessage(call -> call.queueUrl(queue.queueUrl())
                        .messageBody("é".repeat(limit / 2) + "x")
                        .messageAttributes(attributes)))
                .hasMessageContaining("1048576 bytes");
    }

    @Test
    void refusesABatchThatIsTooLargeInAll() {
        String half = "x".repeat(524_289);

        assertThatThrownBy(() -> sqs.sendMessageBatch(call -> call.queueUrl(queue.queueUrl())
                        .entries(SqsContract.entry("1", half), SqsContract.entry("2", half))))
                .hasMessageContaining("1048578");
    }

    @Test
    void failsWhenATestAsksForIt() {
        queue.faults().failEntries("SendMessageBatch", 1, false, entry -> entry.contains("second"));

        var answer = sqs.sendMessageBatch(call -> call.queueUrl(queue.queueUrl())
                .entries(SqsContract.entry("1", "first"), SqsContract.entry("2", "second")));

        assertThat(answer.successful()).hasSize(1);
        assertThat(answer.failed()).singleElement().satisfies(failure -> {
            assertThat(failure.id()).isEqualTo("2");
            assertThat(failure.senderFault()).isFalse();
        });
    }
}
