package dev.nftrefresh.queue;

import dev.nftrefresh.update.MessageReadResult;
import java.util.List;

/**
 * One message and its outcome.
 *
 * @param message as it was delivered
 * @param read the result of reading its body
 * @param tokenOutcomes of the elements of {@code nft_metadata}, in their order; empty when the whole body is rejected
 */
public record MessageOutcome(QueuedMessage message, MessageReadResult read, List<TokenOutcome> tokenOutcomes) {}
