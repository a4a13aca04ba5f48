package dev.nftrefresh.bulkload;

import dev.nftrefresh.queue.OutgoingMessage;

/**
 * A message that is ready to be sent.
 *
 * @param places its tokens' positions in the file, as an attribute holds them
 * @param bytes of both in UTF-8, plus what SQS counts in addition
 */
public record PackedMessage(String body, String places, int bytes) {
    OutgoingMessage outgoing() {
        return OutgoingMessage.ofFile(body, places);
    }
}
