package dev.nftrefresh.queue;

import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.update.TokenUpdate;

/**
 * One token of one message in a pass.
 *
 * @param ordinal its place among all tokens of the event, which identifies it
 * @param message that contained it
 * @param element its place among the elements of its message
 * @param token to be sent
 * @param place its position in a bulk file
 */
public record QueuedUpdate(
        int ordinal, QueuedMessage message, int element, TokenUpdate token, FileTokenPosition place) {
    /** A token from no file. */
    public QueuedUpdate(int ordinal, QueuedMessage message, int element, TokenUpdate token) {
        this(ordinal, message, element, token, FileTokenPosition.NOWHERE);
    }
}
