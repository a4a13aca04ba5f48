package dev.nftrefresh.local.queue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;

/** One event on its way to the function: the JSON so far, and how to delete its messages. Not for several threads. */
final class EventBuilder {
    /** Lambda's limit for the payload of an invocation. */
    static final int MAX_BYTES = 6_291_456;

    private static final byte[] START = "{\"Records\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "]}".getBytes(StandardCharsets.UTF_8);

    private final int maxMessages;
    private final String queueArn;
    private final ByteArrayOutputStream json = new ByteArrayOutputStream();
    private final Map<String, String> receiptHandles = new LinkedHashMap<>();

    EventBuilder(int maxMessages, String queueArn) {
        this.maxMessages = maxMessages;
        this.queueArn = queueArn;
        json.writeBytes(START);
    }

    /** Takes the message unless the event would grow over a limit of Lambda's. */
    boolean offer(Message message) {
        if (receiptHandles.size() == maxMessages) {
            return false;
        }
        byte[] entry = recordOf(message);
        int comma = isEmpty() ? 0 : 1;
        // An event of one message always goes: SQS takes no message that would not fit.
        if (!isEmpty() && json.size() + comma + entry.length + END.length > MAX_BYTES) {
            return false;
        }
        if (comma == 1) {
            json.write(',');
        }
        json.writeBytes(entry);
        // The same message can be delivered twice into one event: the later receipt handle is the one that deletes it.
        receiptHandles.put(message.messageId(), message.receiptHandle());
        return true;
    }

    private byte[] recordOf(Message message) {
        var bytes = new ByteArrayOutputStream(message.body().length() + 1_024);
        try {
            EventRecordWriter.writeRecord(bytes, message, queueArn);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed.", e);
        }
        return bytes.toByteArray();
    }

    boolean isEmpty() {
        return receiptHandles.isEmpty();
    }

    int size() {
        return receiptHandles.size();
    }

    int remainingMessages() {
        return maxMessages - receiptHandles.size();
    }

    /** Receipt handles by message id, in the event's order. */
    Map<String, String> receiptHandles() {
        return receiptHandles;
    }

    /** The whole event. */
    InputStream event() {
        byte[] records = json.toByteArray();
        byte[] event = new byte[records.length + END.length];
        System.arraycopy(records, 0, event, 0, records.length);
        System.arraycopy(END, 0, event, records.length, END.length);
        return new ByteArrayInputStream(event);
    }
}
