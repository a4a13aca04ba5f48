package dev.nftrefresh.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A message that the service sends.
 *
 * @param body the text
 * @param attributes String attributes by name
 * @param delay before it can be received; SQS takes up to 900 s
 * @param sources the messages that may be deleted only when this one was sent
 */
public record OutgoingMessage(
        String body, Map<String, String> attributes, Duration delay, List<QueuedMessage> sources) {
    /** A message made from no other. */
    public static OutgoingMessage ofText(String body, Duration delay) {
        return new OutgoingMessage(body, Map.of(), delay, List.of());
    }

    /**
     * A message of a bulk file.
     *
     * @param places its tokens' positions in the file, as {@link dev.nftrefresh.settled.FileTokenPositions} writes them
     */
    public static OutgoingMessage ofFile(String body, String places) {
        return new OutgoingMessage(body, ofPlaces(places), Duration.ZERO, List.of());
    }

    /** The bytes that {@link #ofFile} adds to the body. */
    public static int bytesOfPlaces(String places) {
        return bytes(ofPlaces(places));
    }

    private static Map<String, String> ofPlaces(String places) {
        return Map.of(MessageAttributeNames.FILE_PLACES, places);
    }

    /** The size that SQS counts: the body, and the names, types and values of the attributes. */
    public int bytes() {
        return SqsTextEscaper.utf8Bytes(body) + bytes(attributes);
    }

    /** The size of attributes that SQS counts. */
    static int bytes(Map<String, String> attributes) {
        int bytes = 0;
        for (var attribute : attributes.entrySet()) {
            bytes += SqsTextEscaper.utf8Bytes(attribute.getKey())
                    + SqsTextEscaper.utf8Bytes(attribute.getValue())
                    + "String".length();
        }
        return bytes;
    }
}
