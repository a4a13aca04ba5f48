package dev.nftrefresh.bulk;

import dev.nftrefresh.file.FileElement.Refused;
import dev.nftrefresh.file.FileElement.Token;
import dev.nftrefresh.queue.SqsText;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenLimits;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A token as SQS can hold it, which is longer where it has characters that SQS refuses. */
final class HeldToken {
    private HeldToken() {}

    static TokenJson json(Token token) {
        return SqsText.held(token.json());
    }

    /** The refusal of a token that became too large so, else null. */
    static @Nullable Refused refused(Token token, TokenJson held) {
        if (held.length() <= TokenLimits.MAX_BYTES) {
            return null;
        }
        String detail = String.format(
                Locale.ROOT,
                "Token %s (line %d) has %,d bytes, more than the %,d that the API takes, once U+FFFE and U+FFFF in it are"
                        + " escaped, because SQS cannot hold them.",
                token.key().tokenId(),
                token.place().line(),
                held.length(),
                TokenLimits.MAX_BYTES);
        return new Refused(
                token.place(),
                new Rejection(RejectReason.TOKEN_TOO_LARGE, detail),
                token.key().tokenId(),
                token.json().bytes());
    }
}
