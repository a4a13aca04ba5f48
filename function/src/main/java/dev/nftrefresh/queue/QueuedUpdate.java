package dev.nftrefresh.queue;

import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.update.TokenUpdate;

/**
 * One token of one message on its way through a pass.
 *
 * @param ordinal its place among all tokens of the event; what makes it different from any other
 * @param message where it came from
 * @param token what is to be sent
 * @param place where it stands in a bulk file
 */
public record QueuedUpdate(int ordinal, QueuedMessage message, TokenUpdate token, FileTokenPosition place) {
    /** A token that came out of no file. */
    public QueuedUpdate(int ordinal, QueuedMessage message, TokenUpdate token) {
        this(ordinal, message, token, FileTokenPosition.NOWHERE);
    }
}
