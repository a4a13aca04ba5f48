package dev.nftrefresh.local.flow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Empties the dead-letter queue into a text of one JSON object a line. */
final class DeadLetters {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    private static final int MAX_PER_CALL = 10;

    private final SqsClient sqs;
    private final String queueUrl;

    DeadLetters(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /** Writes every dead letter and removes it from the queue; returns how many there were. */
    long drainTo(Writer out) throws IOException {
        long count = 0;
        List<Message> messages = receive();
        while (!messages.isEmpty()) {
            for (Message message : messages) {
                write(out, message);
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

    private static void write(Writer out, Message message) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("body", message.body());
            json.writeObjectFieldStart("attributes");
            for (var attribute : new TreeMap<>(message.messageAttributes()).entrySet()) {
                json.writeStringField(attribute.getKey(), text(attribute.getValue()));
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
