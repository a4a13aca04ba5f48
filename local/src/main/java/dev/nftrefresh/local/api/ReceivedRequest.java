package dev.nftrefresh.local.api;

import java.time.Instant;
import java.util.List;

/**
 * A request as it came.
 *
 * @param at when it came
 * @param chainName from its path
 * @param contractAddress from its path
 * @param apiKey its key header, or empty
 * @param body its text
 * @param bytes of its body
 * @param tokens in the body's order; empty when the request does not conform
 */
public record ReceivedRequest(
        Instant at,
        String chainName,
        String contractAddress,
        String apiKey,
        String body,
        int bytes,
        List<ReceivedToken> tokens) {
    /** The ids of the tokens. */
    public List<String> tokenIds() {
        return tokens.stream().map(ReceivedToken::tokenId).toList();
    }
}
