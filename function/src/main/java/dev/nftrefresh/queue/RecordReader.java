package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.SqsEventReader.expect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one record of an SQS event. */
final class RecordReader {
    private final JsonParser parser;
    private @Nullable String messageId;
    private @Nullable String receiptHandle;
    private @Nullable MessageText body;
    private String queueArn = "";
    private final Map<String, String> attributes = new HashMap<>();
    private final Map<String, String> messageAttributes = new HashMap<>();

    RecordReader(JsonParser parser) {
        this.parser = parser;
    }

    QueuedMessage read() throws IOException {
        expect(parser.currentToken() == JsonToken.START_OBJECT, "a record is not an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "messageId" -> messageId = parser.getText();
                case "receiptHandle" -> receiptHandle = parser.getText();
                case "body" -> body = MessageText.of(parser.getText());
                case "eventSourceARN" -> queueArn = parser.getText();
                case "attributes" -> readAttributes();
                case "messageAttributes" -> readMessageAttributes();
                default -> parser.skipChildren();
            }
        }
        return message();
    }

    /** Of the queue that it comes from; empty if the record does not say. */
    String queueArn() {
        return queueArn;
    }

    private void readAttributes() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            attributes.put(name, parser.getText());
            parser.skipChildren();
        }
    }

    private void readMessageAttributes() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean value = parser.currentName().equals("stringValue");
                if (parser.nextToken() == JsonToken.VALUE_STRING && value) {
                    messageAttributes.put(name, parser.getText());
                }
                parser.skipChildren();
            }
        }
    }

    private QueuedMessage message() throws IOException {
        if (messageId == null || receiptHandle == null || body == null) {
            expect(false, "a record has no messageId, receiptHandle or body");
            throw new AssertionError();
        }
        Instant sentAt = Instant.ofEpochMilli(number(attributes.get("SentTimestamp"), -1));
        int receives = (int) number(attributes.get("ApproximateReceiveCount"), -1);
        expect(sentAt.isAfter(Instant.EPOCH), "record " + messageId + " has no SentTimestamp");
        expect(receives > 0, "record " + messageId + " has no ApproximateReceiveCount");
        // A dead letter that somebody moved back begins anew: its cause was mended.
        boolean redriven = messageAttributes.containsKey(Attributes.REJECT_REASON);
        long first = redriven ? -1 : number(messageAttributes.get(Attributes.FIRST_SENT_AT), -1);
        long before = redriven ? 0 : number(messageAttributes.get(Attributes.ATTEMPTS), 0);
        return new QueuedMessage(
                messageId,
                receiptHandle,
                body,
                sentAt,
                receives,
                first > 0 && first < sentAt.toEpochMilli() ? Instant.ofEpochMilli(first) : sentAt,
                receives + Math.clamp(before, 0, 1_000_000),
                !redriven && messageAttributes.containsKey(Attributes.SEND_ALONE));
    }

    private static long number(@Nullable String digits, long otherwise) {
        try {
            return digits == null ? otherwise : Long.parseLong(digits);
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }
}
