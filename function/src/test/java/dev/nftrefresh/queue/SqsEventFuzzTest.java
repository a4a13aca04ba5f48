package dev.nftrefresh.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.QueueMessageReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whatever Lambda passes, it is refused as no SQS event, or each of its records is a message whose attributes claim no
 * more than their sender may.
 */
class SqsEventFuzzTest {
    private static final String OWN = "AROAOWN";
    private static final QueueMessageReader READER = new QueueMessageReader("imtbl-zkevm-testnet");
    private static final JsonMapper INDEPENDENT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @FuzzTest
    void eventIsReadOrRefused(byte[] event) {
        SqsEvent read;
        try {
            read = SqsEventReader.read(new ByteArrayInputStream(event), Set.of(OWN));
        } catch (IOException _) {
            return; // Lambda returns the whole event to the queue
        }
        assertThat(read.messages().size()).isLessThanOrEqualTo(event.length);
        assertSameRecords(event, read.messages());
        read.messages().forEach(SqsEventFuzzTest::assertSound);
    }

    /** As another reader finds them, if it accepts the text at all. */
    private static void assertSameRecords(byte[] event, List<QueuedMessage> messages) {
        JsonNode whole = independent(event);
        if (whole == null) {
            return;
        }
        JsonNode records = whole.path("Records");
        assertThat(messages).hasSize(records.size());
        for (int i = 0; i < messages.size(); i++) {
            QueuedMessage message = messages.get(i);
            JsonNode record = records.get(i);
            assertThat(message.messageId()).isEqualTo(record.path("messageId").textValue());
            assertThat(message.receiptHandle())
                    .isEqualTo(record.path("receiptHandle").textValue());
            assertThat(message.body().utf8())
                    .isEqualTo(String.valueOf(record.path("body").textValue()).getBytes(StandardCharsets.UTF_8));
            JsonNode attributes = record.path("attributes");
            assertThat(message.sentAt().toEpochMilli())
                    .isEqualTo(attributes.path("SentTimestamp").asLong());
            assertThat(message.receiveCount())
                    .isEqualTo(Long.parseLong(
                            attributes.path("ApproximateReceiveCount").asText()));
            boolean own = attributes.path("SenderId").asText().split(":", 2)[0].equals(OWN);
            assertClaims(message, own);
        }
    }

    private static @Nullable JsonNode independent(byte[] event) {
        try {
            return INDEPENDENT.readTree(event);
        } catch (IOException _) {
            return null;
        }
    }

    private static void assertClaims(QueuedMessage message, boolean own) {
        Duration oldest = Duration.ofDays(own ? 14 : 1);
        assertThat(Duration.between(message.firstSentAt(), message.sentAt())).isBetween(Duration.ZERO, oldest);
        assertThat((long) message.attempts() - message.receiveCount()).isBetween(0L, own ? 950L : 100L);
        assertThat(own || !message.isSentAlone()).isTrue();
    }

    private static void assertSound(QueuedMessage message) {
        assertThat(message.receiveCount()).isPositive();
        assertThat(message.sentAt()).isAfter(Instant.EPOCH);
        MessageReadResult read = READER.read(message.body().utf8(), message.sentAt());
        if (read instanceof MessageReadResult.ParsedMessage(var update)) {
            // A message that is queued again has this time, and must be readable.
            assertThat(update.updatedAt().toString())
                    .hasSizeLessThanOrEqualTo("2026-11-23T10:00:00.123456789Z".length());
        }
    }
}
