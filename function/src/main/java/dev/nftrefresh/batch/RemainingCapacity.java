package dev.nftrefresh.batch;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenLimits;
import java.util.List;

/**
 * What one request can still take.
 *
 * @param tokens so many
 * @param bytes of tokens, each counted with a comma
 */
public record RemainingCapacity(int tokens, int bytes) {
    /** What fits beside these. */
    public static RemainingCapacity after(List<TokenJson> tokens) {
        int comma = tokens.isEmpty() ? 1 : 0;
        return new RemainingCapacity(
                RefreshRequestLimits.TOKENS - tokens.size(),
                RefreshRequestLimits.BODY_BYTES - RefreshRequestBody.bytes(tokens) + comma);
    }

    /** Whether a token of any size fits; if not, the request is as full as it need be to go. */
    public boolean fitsAnyToken() {
        return tokens > 0 && bytes > TokenLimits.MAX_BYTES;
    }

    /** What is left once these have taken their places. */
    public RemainingCapacity less(List<TokenJson> taken) {
        int taking = taken.stream().mapToInt(token -> token.length() + 1).sum();
        return new RemainingCapacity(tokens - taken.size(), bytes - taking);
    }

    /** How many of these fit, from the first one on. */
    public int countThatFit(List<TokenJson> candidates) {
        int left = bytes;
        int count = 0;
        while (count < Math.min(tokens, candidates.size())) {
            left -= candidates.get(count).length() + 1;
            if (left < 0) {
                break;
            }
            count++;
        }
        return count;
    }
}
