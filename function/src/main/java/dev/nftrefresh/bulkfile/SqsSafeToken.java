package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.CheckedToken;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenLimits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A token as SQS can hold it: with U+FFFE and U+FFFF as JSON escapes, which mean the same. SQS accepts everything else
 * that JSON allows.
 */
final class SqsSafeToken {
    /** U+FFFE is EF BF BE in UTF-8, and U+FFFF is EF BF BF. */
    private static final int[] FORBIDDEN_BYTES = {0xEF, 0xBF, 0xBE};

    private SqsSafeToken() {}

    /** The same token if it has neither; otherwise a longer one, which is rejected if that makes it too large. */
    static CheckedToken of(CheckedToken.Valid token, String name) {
        TokenJson held = escaped(token.json());
        if (held.length() <= TokenLimits.MAX_BYTES) {
            return new CheckedToken.Valid(token.key(), token.updatedAt(), held);
        }
        String tokenId = token.key().tokenId();
        String detail = String.format(
                Locale.ROOT,
                "Token %s (%s) has %,d bytes, more than the %,d that the API takes, once U+FFFE and U+FFFF in it are"
                        + " escaped, because SQS cannot hold them.",
                tokenId,
                name,
                held.length(),
                TokenLimits.MAX_BYTES);
        return new CheckedToken.Invalid(new Rejection(RejectReason.TOKEN_TOO_LARGE, detail), tokenId);
    }

    /** With a copy of its bytes: the original ones are a range of the file, and would keep the rest of it in memory. */
    private static TokenJson escaped(TokenJson json) {
        byte[] in = json.bytes();
        int found = indexOfForbidden(in, 0);
        if (found < 0) {
            return new TokenJson(in, 0, in.length);
        }
        var out = new ByteArrayOutputStream(in.length + Byte.MAX_VALUE);
        int from = 0;
        for (; found >= 0; found = indexOfForbidden(in, from)) {
            out.write(in, from, found - from);
            boolean last = (in[found + 2] & 0xFF) == FORBIDDEN_BYTES[2] + 1;
            out.writeBytes((last ? "\\uFFFF" : "\\uFFFE").getBytes(StandardCharsets.US_ASCII));
            from = found + FORBIDDEN_BYTES.length;
        }
        out.write(in, from, in.length - from);
        return new TokenJson(out.toByteArray(), 0, out.size());
    }

    private static int indexOfForbidden(byte[] in, int from) {
        for (int i = from; i + 2 < in.length; i++) {
            if ((in[i] & 0xFF) == FORBIDDEN_BYTES[0]
                    && (in[i + 1] & 0xFF) == FORBIDDEN_BYTES[1]
                    && (in[i + 2] & 0xFF) >= FORBIDDEN_BYTES[2]) {
                return i;
            }
        }
        return -1;
    }
}
