package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Message attributes as a queue keeps them, which is as they go over the wire. */
final class MessageAttributesJson {
    private MessageAttributesJson() {}

    static JsonNode of(Map<String, MessageAttributeValue> attributes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        attributes.forEach((name, value) -> {
            ObjectNode one = json.putObject(name).put("DataType", value.dataType());
            if (value.stringValue() != null) {
                one.put("StringValue", value.stringValue());
            }
            if (value.binaryValue() != null) {
                one.put(
                        "BinaryValue",
                        Base64.getEncoder().encodeToString(value.binaryValue().asByteArrayUnsafe()));
            }
        });
        return json;
    }

    static Map<String, MessageAttributeValue> values(JsonNode json) {
        Map<String, MessageAttributeValue> values = new LinkedHashMap<>();
        for (var attribute : json.properties()) {
            JsonNode value = attribute.getValue();
            var builder = MessageAttributeValue.builder()
                    .dataType(value.path("DataType").asText());
            if (value.has("BinaryValue")) {
                byte[] bytes =
                        Base64.getDecoder().decode(value.get("BinaryValue").asText());
                builder.binaryValue(SdkBytes.fromByteArrayUnsafe(bytes));
            } else {
                builder.stringValue(value.path("StringValue").asText());
            }
            values.put(attribute.getKey(), builder.build());
        }
        return values;
    }
}
