package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An event on its way to the function: at most 10,000 messages and 6 MB. */
public final class LambdaEvent {
    private static final int MAX_MESSAGES = 10_000;
    private static final int MAX_BYTES = 6_291_456;
    private static final byte[] START = "{\"Records\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "]}".getBytes(StandardCharsets.UTF_8);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ByteArrayOutputStream json = new ByteArrayOutputStream(1 << 16);
    private final Map<String, String> receiptHandles = new LinkedHashMap<>();
    private int records;

    /** Empty. */
    public LambdaEvent() {
        json.writeBytes(START);
    }

    /** Takes the message unless the event would grow over a limit. */
    public boolean offer(ReceivedRecord message) {
        if (records == MAX_MESSAGES || json.size() + message.json().length + 1 + END.length > MAX_BYTES) {
            return false;
        }
        if (records++ > 0) {
            json.write(',');
        }
        json.writeBytes(message.json());
        receiptHandles.put(message.messageId(), message.receiptHandle());
        return true;
    }

    public boolean isEmpty() {
        return records == 0;
    }

    public int size() {
        return records;
    }

    public InputStream json() {
        json.writeBytes(END);
        return new ByteArrayInputStream(json.toByteArray());
    }

    /** The receipt handles of the messages that the function's answer does not keep. */
    public List<String> done(byte[] answer) throws IOException {
        for (JsonNode failure : JSON.readTree(answer).path("batchItemFailures")) {
            if (receiptHandles.remove(failure.path("itemIdentifier").asText()) == null) {
                throw new IllegalStateException("The function returned a message that was not in its event.");
            }
        }
        return List.copyOf(receiptHandles.values());
    }
}
