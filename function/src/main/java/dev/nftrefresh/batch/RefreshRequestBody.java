package dev.nftrefresh.batch;

import dev.nftrefresh.update.TokenJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The body of one request: <code>{"nft_metadata":[…]}</code> around the tokens' own bytes, joined by commas. */
public final class RefreshRequestBody {
    private static final byte[] HEAD = "{\"nft_metadata\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TAIL = "]}".getBytes(StandardCharsets.UTF_8);

    private RefreshRequestBody() {}

    /** The body in a new array of exactly its size; {@link BatchPacker} ensures that it conforms. */
    public static byte[] of(List<TokenJson> tokens) {
        var body = new ExactBuffer(bytes(tokens));
        body.writeBytes(HEAD);
        for (int i = 0; i < tokens.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            tokens.get(i).writeTo(body);
        }
        body.writeBytes(TAIL);
        return body.filled();
    }

    /** The size in bytes of the body of these tokens, without writing it. */
    public static int bytes(List<TokenJson> tokens) {
        return bytes(tokens.size(), tokens.stream().mapToInt(TokenJson::length).sum());
    }

    /** The size in bytes of a body with so many tokens of so many bytes in all. */
    public static int bytes(int tokens, int tokenBytes) {
        return HEAD.length + tokenBytes + Math.max(0, tokens - 1) + TAIL.length;
    }

    /** Exposes its array without a copy: a body is up to a fifth of a megabyte, and its size is known beforehand. */
    private static final class ExactBuffer extends ByteArrayOutputStream {
        ExactBuffer(int size) {
            super(size);
        }

        byte[] filled() {
            if (count != buf.length) {
                throw new IllegalStateException("wrote " + count + " bytes of " + buf.length);
            }
            return buf;
        }
    }
}
