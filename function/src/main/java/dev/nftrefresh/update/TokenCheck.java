package dev.nftrefresh.update;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is wrong with a token that could be read, whatever it came in. */
final class TokenCheck {
    private TokenCheck() {}

    /**
     * The first thing wrong with the token, or null if it may be sent.
     *
     * @param own the token's own {@code updated_at}, held against the time when it was given away
     * @param which names the token at the beginning of a sentence
     */
    static @Nullable Rejection rejection(ReadToken token, @Nullable UpdatedAt own, String which) {
        String fault = token.fault() == null && own != null ? own.fault() : token.fault();
        if (fault != null) {
            return new Rejection(RejectReason.INVALID_TOKEN, which + " is refused: " + fault + ".");
        }
        int bytes = token.json().length();
        if (bytes > TokenLimits.MAX_BYTES) {
            return new Rejection(
                    RejectReason.TOKEN_TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "%s has %,d bytes, more than the %,d that the API takes.",
                            which,
                            bytes,
                            TokenLimits.MAX_BYTES));
        }
        return null;
    }
}
