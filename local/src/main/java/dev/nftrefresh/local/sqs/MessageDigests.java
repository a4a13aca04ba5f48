package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The digests that SQS answers with and the SDK's client compares. */
final class MessageDigests {
    private static final byte TEXT = 1;
    private static final byte BINARY = 2;

    private MessageDigests() {}

    static String ofBody(String body) {
        return hex(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Of message attributes as the call holds them: sorted by name, each part with its length before it. */
    static String ofAttributes(JsonNode attributes) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        attributes.properties().forEach(attribute -> sorted.put(attribute.getKey(), attribute.getValue()));
        var bytes = new ByteArrayOutputStream();
        sorted.forEach((name, attribute) -> {
            part(bytes, name.getBytes(StandardCharsets.UTF_8));
            part(bytes, attribute.path("DataType").asText().getBytes(StandardCharsets.UTF_8));
            if (attribute.hasNonNull("BinaryValue")) {
                bytes.write(BINARY);
                part(
                        bytes,
                        Base64.getDecoder().decode(attribute.get("BinaryValue").asText()));
            } else {
                bytes.write(TEXT);
                part(bytes, attribute.path("StringValue").asText().getBytes(StandardCharsets.UTF_8));
            }
        });
        return hex(bytes.toByteArray());
    }

    private static void part(ByteArrayOutputStream bytes, byte[] part) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        bytes.writeBytes(part);
    }

    private static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK lacks MD5, which every JDK must have.", e);
        }
    }
}
