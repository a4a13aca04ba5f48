package dev.nftrefresh.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqsEventReaderTest {
    private static List<QueuedMessage> read(String event) throws IOException {
        return SqsEventReader.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)))
                .messages();
    }

    private static String event(String messageAttributes) {
        return """
                {"Records": [{
                  "messageId": "id-1", "receiptHandle": "handle-1", "body": "{\\"a\\": \\"\\u00e9\\ud83d\\ude00\\"}",
                  "attributes": {"ApproximateReceiveCount": "3", "SentTimestamp": "1763892000123", "SenderId": "me",
                                 "ApproximateFirstReceiveTimestamp": "1763892000200"},
                  "messageAttributes": {%s},
                  "md5OfBody": "0", "eventSource": "aws:sqs", "eventSourceARN": "arn", "awsRegion": "eu-west-1"}]}
                """.formatted(messageAttributes);
    }

    private static String attribute(String name, String value) {
        return """
                "%s": {"stringValue": "%s", "stringListValues": [], "binaryListValues": [], "dataType": "String"}""".formatted(name, value);
    }

    @Test
    void aRecordIsReadWithItsTimesAndCounts() throws IOException {
        QueuedMessage message = read(event("")).getFirst();

        assertThat(message.messageId()).isEqualTo("id-1");
        assertThat(message.receiptHandle()).isEqualTo("handle-1");
        assertThat(message.body()).hasToString("{\"a\": \"é😀\"}");
        assertThat(message.sentAt()).isEqualTo(Instant.ofEpochMilli(1763892000123L));
        assertThat(message.firstSentAt()).isEqualTo(message.sentAt());
        assertThat(message.receiveCount()).isEqualTo(3);
        assertThat(message.attempts()).isEqualTo(3);
        assertThat(message.sendAlone()).isFalse();
    }

    @Test
    void aRemainderGoesOnWithItsAgeAndAttempts() throws IOException {
        QueuedMessage message = read(event(attribute("FirstSentAt", "1763880000000") + "," + attribute("Attempts", "40")
                        + "," + attribute("SendAlone", "true")))
                .getFirst();

        assertThat(message.firstSentAt()).isEqualTo(Instant.ofEpochMilli(1763880000000L));
        assertThat(message.attempts()).isEqualTo(43);
        assertThat(message.sendAlone()).isTrue();
    }

    @Test
    void aDeadLetterThatWasMovedBackBeginsAnew() throws IOException {
        QueuedMessage message = read(event(attribute("FirstSentAt", "1763880000000") + "," + attribute("Attempts", "40")
                        + "," + attribute("RejectReason", "EXPIRED")))
                .getFirst();

        assertThat(message.firstSentAt()).isEqualTo(message.sentAt());
        assertThat(message.attempts()).isEqualTo(3);
    }

    @Test
    void senselessAttributesOfAProducerAreNotBelieved() throws IOException {
        QueuedMessage message = read(event(
                        attribute("FirstSentAt", "9999999999999") + "," + attribute("Attempts", "-5")))
                .getFirst();

        assertThat(message.firstSentAt()).isEqualTo(message.sentAt());
        assertThat(message.attempts()).isEqualTo(3);
    }

    @Test
    void whatIsNotAnSqsEventThrowsSoThatLambdaReturnsEverything() {
        assertThatThrownBy(() -> read("[]")).isInstanceOf(IOException.class).hasMessageContaining("not an SQS event");
        assertThatThrownBy(() -> read("{\"Records\": [{\"body\": \"x\"}]}")).hasMessageContaining("messageId");
        assertThatThrownBy(() -> read("{\"Records\": [{")).isInstanceOf(IOException.class);
    }
}
