package dev.nftrefresh.update;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a token that could be read, whatever it came in.
 *
 * @param clause what follows the token's name in a sentence
 */
record TokenFault(RejectReason reason, String clause) {
    /**
     * What is wrong with the token, or null if it may be sent.
     *
     * @param own the token's own {@code updated_at}, held against the time when it was given away
     */
    static @Nullable TokenFault of(ParsedToken token, @Nullable UpdatedAtField own) {
        String fault = token.fault();
        if (own != null && own.fault() != null) {
            fault = fault == null ? own.fault() : fault + "; " + own.fault();
        }
        if (fault != null) {
            return new TokenFault(RejectReason.INVALID_TOKEN, "is refused: " + fault + ".");
        }
        int bytes = token.json().length();
        if (bytes > TokenLimits.MAX_BYTES) {
            return new TokenFault(
                    RejectReason.TOKEN_TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "has %,d bytes, more than the %,d that the API takes.",
                            bytes,
                            TokenLimits.MAX_BYTES));
        }
        return null;
    }

    /** The whole sentence. */
    Rejection rejection(String tokenName) {
        return new Rejection(reason, tokenName + " " + clause);
    }
}
