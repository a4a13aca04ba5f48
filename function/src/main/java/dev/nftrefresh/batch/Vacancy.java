package dev.nftrefresh.batch;

import dev.nftrefresh.api.RequestLimits;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenLimits;
import java.util.List;

/**
 * What one request can still take.
 *
 * @param tokens so many
 * @param bytes of tokens, each counted with a comma
 */
public record Vacancy(int tokens, int bytes) {
    /** What fits beside these. */
    public static Vacancy beside(List<TokenJson> tokens) {
        int comma = tokens.isEmpty() ? 1 : 0;
        return new Vacancy(
                RequestLimits.TOKENS - tokens.size(), RequestLimits.BODY_BYTES - RequestBody.bytes(tokens) + comma);
    }

    /** Whether a token of any size fits; if not, the request is as full as it need be to go. */
    public boolean takesAny() {
        return tokens > 0 && bytes > TokenLimits.MAX_BYTES;
    }

    /** What is left once these have taken their places. */
    public Vacancy less(List<TokenJson> taken) {
        int taking = taken.stream().mapToInt(token -> token.length() + 1).sum();
        return new Vacancy(tokens - taken.size(), bytes - taking);
    }

    /** How many of these fit, from the first one on. */
    public int holds(List<TokenJson> candidates) {
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
