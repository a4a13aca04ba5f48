package dev.nftrefresh.bulkload;

import dev.nftrefresh.queue.OutgoingMessage;

/**
 * A message that is ready to go.
 *
 * @param places where its tokens stand in the file, as an attribute says it
 * @param bytes of both in UTF-8, and of what SQS counts beside
 */
public record PackedMessage(String body, String places, int bytes) {
    OutgoingMessage outgoing() {
        return OutgoingMessage.ofFile(body, places);
    }
}
