package dev.nftrefresh.batch;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenLimits;
import java.util.List;

/**
 * The remaining capacity of one request.
 *
 * @param tokens that still fit
 * @param bytes of tokens that still fit, each counted with a comma
 */
public record RemainingCapacity(int tokens, int bytes) {
    /** The capacity that is left beside these tokens. */
    public static RemainingCapacity after(List<TokenJson> tokens) {
        int comma = tokens.isEmpty() ? 1 : 0;
        return new RemainingCapacity(
                RefreshRequestLimits.TOKENS - tokens.size(),
                RefreshRequestLimits.BODY_BYTES - RefreshRequestBody.bytes(tokens) + comma);
    }

    /** Whether a token of any size fits; if not, the request counts as full. */
    public boolean fitsAnyToken() {
        return tokens > 0 && bytes > TokenLimits.MAX_BYTES;
    }

    /** The capacity that is left once these are added. */
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
