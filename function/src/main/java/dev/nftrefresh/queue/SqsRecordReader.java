package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.SqsEventReader.expect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.settled.FileTokenPositions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one record of an SQS event. */
final class SqsRecordReader {
    /**
     * The most attempts that a message of an unknown sender may claim: enough that a replaced role's remainder keeps
     * its long waits, and far from the number at which an update expires.
     */
    private static final int MAX_CLAIMED_ATTEMPTS = 100;

    /** The attributes of SQS that are read. */
    private static final Set<String> ATTRIBUTES = Set.of("SentTimestamp", "ApproximateReceiveCount", "SenderId");

    private static final Duration LONGEST_CLAIMED_AGE = Duration.ofDays(1);
    /** A message that is queued again writes this time with a four-digit year. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    /** Far longer than SQS keeps a message, and small enough to be added to. */
    private static final int MOST_RECEIVES = 1_000_000_000;

    private final JsonParser parser;
    private final Set<String> ownRoleIds;
    private @Nullable String messageId;
    private @Nullable String receiptHandle;
    private @Nullable Utf8MessageBody body;
    private String queueArn = "";
    private final Map<String, String> attributes = new HashMap<>();
    private final Map<String, String> messageAttributes = new HashMap<>();

    SqsRecordReader(JsonParser parser, Set<String> ownRoleIds) {
        this.parser = parser;
        this.ownRoleIds = ownRoleIds;
    }

    QueuedMessage read() throws IOException {
        expect(parser.currentToken() == JsonToken.START_OBJECT, "a record is not an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "messageId" -> messageId = text(name);
                case "receiptHandle" -> receiptHandle = text(name);
                case "body" -> {
                    expect(parser.currentToken() == JsonToken.VALUE_STRING, "the body of a record is not a text");
                    body = Utf8MessageBody.of(
                            parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
                }
                case "eventSourceARN" -> queueArn = text(name);
                case "attributes" -> readAttributes();
                case "messageAttributes" -> readMessageAttributes();
                default -> parser.skipChildren();
            }
        }
        return message();
    }

    /** The ARN of the record's queue; empty if the record does not have it. */
    String queueArn() {
        return queueArn;
    }

    private String text(String name) throws IOException {
        expect(parser.currentToken() == JsonToken.VALUE_STRING, "the " + name + " of a record is not a text");
        return parser.getText();
    }

    private void readAttributes() throws IOException {
        expect(parser.currentToken() == JsonToken.START_OBJECT, "the attributes of a record are not an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (ATTRIBUTES.contains(name)) {
                attributes.put(name, parser.getText());
            }
            parser.skipChildren();
        }
    }

    private void readMessageAttributes() throws IOException {
        expect(parser.currentToken() == JsonToken.START_OBJECT, "the messageAttributes of a record are not an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            expect(parser.nextToken() == JsonToken.START_OBJECT, "a message attribute of a record is not an object");
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
        long receives = number(attributes.get("ApproximateReceiveCount"), -1);
        expect(
                sentAt.isAfter(Instant.EPOCH) && sentAt.isBefore(LATEST),
                "record " + messageId + " has no SentTimestamp that can be");
        expect(
                receives > 0 && receives <= MOST_RECEIVES,
                "record " + messageId + " has no ApproximateReceiveCount that can be");
        boolean own = ownRoleIds.contains(senderRole());
        // A dead letter that was moved back starts again: its cause was fixed.
        boolean redriven = messageAttributes.containsKey(MessageAttributeNames.REJECT_REASON);
        long before = redriven ? 0 : number(messageAttributes.get(MessageAttributeNames.ATTEMPTS), 0);
        return new QueuedMessage(
                messageId,
                receiptHandle,
                body,
                sentAt,
                (int) receives,
                redriven ? sentAt : firstSentAt(sentAt, own),
                (int) receives + Math.clamp(before, 0, own ? SqsLimits.MAX_RECEIVES : MAX_CLAIMED_ATTEMPTS),
                own && !redriven ? search() : null,
                own && !redriven ? places() : List.of());
    }

    private @Nullable SearchProgress search() {
        String progress = messageAttributes.get(MessageAttributeNames.SEND_ALONE);
        return progress == null ? null : SearchProgress.of(progress);
    }

    private List<FileTokenPosition> places() {
        String places = messageAttributes.get(MessageAttributeNames.FILE_PLACES);
        return places == null ? List.of() : FileTokenPositions.of(places);
    }

    /**
     * The sender as SQS reports it: for a role its id, a colon and the session's name. Absent where a queue reports
     * none.
     */
    private String senderRole() {
        String sender = attributes.getOrDefault("SenderId", "");
        int colon = sender.indexOf(':');
        return colon < 0 ? sender : sender.substring(0, colon);
    }

    /**
     * Bounds when an update was first queued. No update was queued after its message. The stack's own are no older than
     * a queue can make them; those of others no older than a day, so that no sender can make an update expire by
     * claiming an age.
     */
    private Instant firstSentAt(Instant sentAt, boolean own) {
        long last = sentAt.toEpochMilli();
        long claimed = number(messageAttributes.get(MessageAttributeNames.FIRST_SENT_AT), last);
        long first =
                sentAt.minus(own ? SqsLimits.RETENTION : LONGEST_CLAIMED_AGE).toEpochMilli();
        return claimed <= 0 ? sentAt : Instant.ofEpochMilli(Math.clamp(claimed, first, last));
    }

    private static long number(@Nullable String digits, long otherwise) {
        try {
            return digits == null ? otherwise : Long.parseLong(digits);
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }
}
