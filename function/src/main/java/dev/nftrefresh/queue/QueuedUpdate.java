package dev.nftrefresh.queue;

import dev.nftrefresh.update.TokenUpdate;

/**
 * One token of one message on its way through a pass.
 *
 * @param ordinal its place among all tokens of the event; what makes it different from any other
 * @param message where it came from
 * @param token what is to be sent
 */
public record QueuedUpdate(int ordinal, QueuedMessage message, TokenUpdate token) {}
