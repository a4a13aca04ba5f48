package dev.nftrefresh.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.update.CollidingFieldNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqsEventReaderTest {
    private static final Set<String> OWN_ROLES = Set.of("AROAREFRESH", "AROALOADER");

    private static List<QueuedMessage> read(String event) throws IOException {
        return SqsEventReader.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), OWN_ROLES)
                .messages();
    }

    private static QueuedMessage sentBy(String sender, String messageAttributes) throws IOException {
        return read(event(messageAttributes).replace("AROAREFRESH:nft-refresh", sender))
                .getFirst();
    }

    private static String event(String messageAttributes) {
        return """
                {"Records": [{
                  "messageId": "id-1", "receiptHandle": "handle-1", "body": "{\\"a\\": \\"\\u00e9\\ud83d\\ude00\\"}",
                  "attributes": {"ApproximateReceiveCount": "3", "SentTimestamp": "1763892000123", "SenderId": "AROAREFRESH:nft-refresh",
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
        assertThat(message.isSentAlone()).isFalse();
    }

    @Test
    void aRemainderKeepsItsAgeAndAttempts() throws IOException {
        QueuedMessage message = read(event(attribute("FirstSentAt", "1763880000000") + "," + attribute("Attempts", "40")
                        + "," + attribute("SendAlone", "true")))
                .getFirst();

        assertThat(message.firstSentAt()).isEqualTo(Instant.ofEpochMilli(1763880000000L));
        assertThat(message.attempts()).isEqualTo(43);
        assertThat(message.isSentAlone()).isTrue();
    }

    @Test
    void aDeadLetterThatWasMovedBackStartsAgain() throws IOException {
        QueuedMessage message = read(event(attribute("FirstSentAt", "1763880000000") + "," + attribute("Attempts", "40")
                        + "," + attribute("RejectReason", "EXPIRED")))
                .getFirst();

        assertThat(message.firstSentAt()).isEqualTo(message.sentAt());
        assertThat(message.attempts()).isEqualTo(3);
    }

    @Test
    void implausibleAttributesOfAProducerAreIgnored() throws IOException {
        QueuedMessage message = read(event(
                        attribute("FirstSentAt", "9999999999999") + "," + attribute("Attempts", "-5")))
                .getFirst();

        assertThat(message.firstSentAt()).isEqualTo(message.sentAt());
        assertThat(message.attempts()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AROAPRODUCER:game", "AROAREFRESHER:nft-refresh", "me", "", ":AROAREFRESH", "000000000000"})
    void attributesOfAnyOtherSenderAreBounded(String sender) throws IOException {
        QueuedMessage message = sentBy(
                sender,
                attribute("FirstSentAt", "1") + "," + attribute("Attempts", "949") + "," + attribute("SendAlone", "1"));

        assertThat(message.firstSentAt()).isEqualTo(message.sentAt().minus(Duration.ofDays(1)));
        assertThat(message.attempts()).isEqualTo(103);
        assertThat(message.isSentAlone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "100,103",
        "101,103",
        "-1,3",
        "9223372036854775807,103",
        "99999999999999999999,3",
        "nonsense,3",
    })
    void theAttemptsOfAnyOtherSenderAreAHundredAtMost(String claimed, int attempts) throws IOException {
        assertThat(sentBy("me", attribute("Attempts", claimed)).attempts()).isEqualTo(attempts);
    }

    @Test
    void aMissingSenderIsUnknown() throws IOException {
        String none = event(attribute("Attempts", "949")).replace("\"SenderId\"", "\"Other\"");

        assertThat(read(none).getFirst().attempts()).isEqualTo(103);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AROAREFRESH:nft-refresh", "AROALOADER:load", "AROALOADER"})
    void attributesOfTheStacksOwnRolesAreTrusted(String sender) throws IOException {
        QueuedMessage message = sentBy(sender, attribute("Attempts", "940") + "," + attribute("SendAlone", "true"));

        assertThat(message.attempts()).isEqualTo(943);
        assertThat(message.isSentAlone()).isTrue();
    }

    @Test
    void positionsInAFileAreTrustedOnlyFromTheStacksOwnRoles() throws IOException {
        String places = attribute("FilePlaces", "f:7-8");

        assertThat(sentBy("AROALOADER:load", places).places())
                .containsExactly(new FileTokenPosition("f", 7), new FileTokenPosition("f", 8));
        assertThat(sentBy("AROAPRODUCER:game", places).places()).isEmpty();
        assertThat(sentBy("AROALOADER:load", places + "," + attribute("RejectReason", "EXPIRED"))
                        .places())
                .isEmpty();
    }

    @Test
    void attributesWhoseNamesCollideMakeNoEventUnreadable() throws IOException {
        String attributes = CollidingFieldNames.of(20_000).stream()
                .map(name -> attribute(name, "1"))
                .collect(Collectors.joining(","));

        assertThat(read(event(attributes))).hasSize(1);
    }

    @Test
    void anythingButAnSqsEventThrowsSoThatLambdaReturnsEverything() {
        assertThatThrownBy(() -> read("[]")).isInstanceOf(IOException.class).hasMessageContaining("not an SQS event");
        assertThatThrownBy(() -> read("{\"Records\": [{\"body\": \"x\"}]}")).hasMessageContaining("messageId");
        assertThatThrownBy(() -> read("{\"Records\": [{")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"attributes\":[]",
                "\"attributes\":\"x\"",
                "\"messageAttributes\":[{\"messageId\":\"other\",\"body\":\"other\"}]",
                "\"messageAttributes\":\"x\"",
                "\"messageAttributes\":{\"Attempts\":\"1\"}",
                "\"messageId\":null",
                "\"messageId\":{\"body\":\"other\"}",
                "\"body\":17",
                "\"attributes\":{\"SentTimestamp\":\"9223372036854775807\"}",
                "\"attributes\":{\"ApproximateReceiveCount\":\"4294967297\"}",
                "\"attributes\":{\"ApproximateReceiveCount\":\"2147483647\"}"
            })
    void aRecordWithAFieldOfAWrongTypeIsNotFromSqs(String part) {
        String event = event(attribute("Attempts", "1"));
        int end = event.lastIndexOf("}]");

        assertThatThrownBy(() -> read(event.substring(0, end) + "," + part + event.substring(end)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not an SQS event");
    }
}
