package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** A message that a call wants to send, checked against what SQS takes. */
record NewMessage(String body, JsonNode attributes, Duration delay, int bytes) {
    static NewMessage of(
            @Nullable String body, Map<String, MessageAttributeValue> given, @Nullable Integer delaySeconds) {
        if (body == null || body.isEmpty()) {
            throw new SqsErrorException("MissingParameter", "The request must contain the parameter MessageBody.");
        }
        checkCharacters(body);
        int delay = delaySeconds == null ? 0 : delaySeconds;
        if (delay < 0 || delay > SqsLimits.MAX_DELAY_SECONDS) {
            throw SqsErrorException.invalidParameter("Value " + delay
                    + " for parameter DelaySeconds is invalid. Reason: " + "DelaySeconds must be >= 0 and <= 900.");
        }
        JsonNode attributes = MessageAttributesJson.of(given);
        int bytes = SqsLimits.bytes(body) + checkedSize(attributes);
        if (bytes > SqsLimits.MAX_BYTES) {
            throw SqsErrorException.invalidParameter(
                    "One or more parameters are invalid. Reason: Message must be shorter than " + SqsLimits.MAX_BYTES
                            + " bytes.");
        }
        return new NewMessage(body, attributes, Duration.ofSeconds(delay), bytes);
    }

    private static int checkedSize(JsonNode attributes) {
        if (attributes.size() > SqsLimits.MAX_ATTRIBUTES) {
            throw SqsErrorException.invalidParameter("Number of message attributes [" + attributes.size()
                    + "] exceeds the allowed maximum [" + SqsLimits.MAX_ATTRIBUTES + "].");
        }
        int bytes = 0;
        for (var attribute : attributes.properties()) {
            String value = attribute.getValue().path("StringValue").asText()
                    + attribute.getValue().path("BinaryValue").asText();
            if (value.isEmpty()) {
                throw SqsErrorException.invalidParameter(
                        "The message attribute '" + attribute.getKey() + "' must contain a non-empty value.");
            }
            checkCharacters(value);
            bytes += SqsLimits.bytes(attribute.getKey()) + SqsLimits.bytes(value);
            bytes += SqsLimits.bytes(attribute.getValue().path("DataType").asText());
        }
        return bytes;
    }

    private static void checkCharacters(String text) {
        SqsLimits.forbiddenCharacter(text).ifPresent(character -> {
            throw new SqsErrorException(
                    "InvalidMessageContents",
                    "Invalid characters found: " + character + ". Valid unicode characters "
                            + "are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.");
        });
    }
}
