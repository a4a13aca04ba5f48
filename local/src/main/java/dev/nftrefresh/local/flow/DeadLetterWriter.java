package dev.nftrefresh.local.flow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Empties the dead-letter queue into a text of one JSON object a line. */
final class DeadLetterWriter {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    private static final int MAX_PER_CALL = 10;

    private final SqsClient sqs;
    private final String queueUrl;

    DeadLetterWriter(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /**
     * Writes every dead letter and removes it from the queue; returns how many there were.
     *
     * @param listener gets each one that was written
     */
    long drainTo(Writer out, Consumer<DeadLetter> listener) throws IOException {
        long count = 0;
        List<Message> messages = receive();
        while (!messages.isEmpty()) {
            for (Message message : messages) {
                DeadLetter letter = letter(message);
                write(out, letter);
                listener.accept(letter);
            }
            delete(messages);
            count += messages.size();
            messages = receive();
        }
        return count;
    }

    private List<Message> receive() {
        return sqs.receiveMessage(call -> call.queueUrl(queueUrl)
                        .maxNumberOfMessages(MAX_PER_CALL)
                        .messageAttributeNames("All"))
                .messages();
    }

    private void delete(List<Message> messages) throws IOException {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (Message message : messages) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(String.valueOf(entries.size()))
                    .receiptHandle(message.receiptHandle())
                    .build());
        }
        var failed = sqs.deleteMessageBatch(call -> call.queueUrl(queueUrl).entries(entries))
                .failed();
        if (!failed.isEmpty()) {
            throw new IOException("A dead letter was written but could not be deleted: "
                    + failed.getFirst().message());
        }
    }

    private static DeadLetter letter(Message message) {
        Map<String, String> attributes = new TreeMap<>();
        message.messageAttributes().forEach((name, value) -> attributes.put(name, text(value)));
        return new DeadLetter(message.body(), attributes);
    }

    private static void write(Writer out, DeadLetter letter) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("body", letter.body());
            json.writeObjectFieldStart("attributes");
            for (var attribute : letter.attributes().entrySet()) {
                json.writeStringField(attribute.getKey(), attribute.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static String text(MessageAttributeValue value) {
        return value.binaryValue() == null
                ? value.stringValue()
                : Base64.getEncoder().encodeToString(value.binaryValue().asByteArray());
    }
}
