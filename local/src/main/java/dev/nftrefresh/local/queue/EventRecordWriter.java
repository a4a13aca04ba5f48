package dev.nftrefresh.local.queue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Writes one record of the event that Lambda gives a function for SQS. */
final class EventRecordWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String REGION = "us-east-1";

    /** What Lambda's records carry, in its order. */
    private static final List<MessageSystemAttributeName> ATTRIBUTES = List.of(
            MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
            MessageSystemAttributeName.SENT_TIMESTAMP,
            MessageSystemAttributeName.SENDER_ID,
            MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP);

    private EventRecordWriter() {}

    static void writeRecord(OutputStream out, Message message, String queueArn) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("messageId", message.messageId());
            json.writeStringField("receiptHandle", message.receiptHandle());
            json.writeStringField("body", message.body());
            writeAttributes(json, message.attributes());
            writeMessageAttributes(json, message.messageAttributes());
            json.writeStringField("md5OfBody", message.md5OfBody());
            json.writeStringField("eventSource", "aws:sqs");
            json.writeStringField("eventSourceARN", queueArn);
            json.writeStringField("awsRegion", REGION);
            json.writeEndObject();
        }
    }

    private static void writeAttributes(JsonGenerator json, Map<MessageSystemAttributeName, String> attributes)
            throws IOException {
        json.writeObjectFieldStart("attributes");
        for (MessageSystemAttributeName name : ATTRIBUTES) {
            String value = attributes.get(name);
            if (value != null) {
                json.writeStringField(name.toString(), value);
            }
        }
        json.writeEndObject();
    }

    private static void writeMessageAttributes(JsonGenerator json, Map<String, MessageAttributeValue> attributes)
            throws IOException {
        json.writeObjectFieldStart("messageAttributes");
        for (var attribute : attributes.entrySet()) {
            MessageAttributeValue value = attribute.getValue();
            json.writeObjectFieldStart(attribute.getKey());
            if (value.stringValue() != null) {
                json.writeStringField("stringValue", value.stringValue());
            }
            if (value.binaryValue() != null) {
                json.writeStringField(
                        "binaryValue",
                        Base64.getEncoder().encodeToString(value.binaryValue().asByteArray()));
            }
            json.writeArrayFieldStart("stringListValues");
            json.writeEndArray();
            json.writeArrayFieldStart("binaryListValues");
            json.writeEndArray();
            json.writeStringField("dataType", value.dataType());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
