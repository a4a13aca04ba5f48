package dev.nftrefresh.queue;

import dev.nftrefresh.update.MessageReadResult;
import java.util.List;

/**
 * One message and what became of it.
 *
 * @param message as it was delivered
 * @param read what its body turned out to be
 * @param tokenOutcomes of the elements of {@code nft_metadata}, in their order; empty when the body as a whole is refused
 */
public record MessageOutcome(QueuedMessage message, MessageReadResult read, List<TokenOutcome> tokenOutcomes) {}
