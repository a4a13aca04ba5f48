package dev.nftrefresh.update;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * One token's JSON object as UTF-8 bytes, to the letter as the producer wrote it: a stretch of the message it came in,
 * which is never copied until a request is written.
 */
public final class TokenJson {
    private final byte[] source;
    private final int from;
    private final int to;

    /** The bytes of {@code source} from {@code from} up to but not including {@code to}. */
    public TokenJson(byte[] source, int from, int to) {
        this.source = source;
        this.from = from;
        this.to = to;
    }

    /** Size in bytes, as the API counts it. */
    public int length() {
        return to - from;
    }

    /** Appends the bytes as they are. */
    public void writeTo(ByteArrayOutputStream out) {
        out.write(source, from, to - from);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return Arrays.copyOfRange(source, from, to);
    }

    /**
     * The same object without the member that ends at {@code memberEnd} and before which {@code before} is where the
     * previous member, or the opening brace, ends; both are places in the source.
     */
    TokenJson without(int before, int memberEnd) {
        boolean first = before == from + 1;
        int rest = memberEnd;
        if (first) {
            while (rest < to && source[rest] != ',' && source[rest] != '}') {
                rest++;
            }
            rest += source[rest] == ',' ? 1 : 0;
        }
        byte[] kept = new byte[(before - from) + (to - rest)];
        System.arraycopy(source, from, kept, 0, before - from);
        System.arraycopy(source, rest, kept, before - from, to - rest);
        return new TokenJson(kept, 0, kept.length);
    }

    /** 64 bits that differ for different bytes: two 32-bit checks that the JDK computes at memory speed. */
    public long hash() {
        var high = new CRC32();
        high.update(source, from, to - from);
        var low = new CRC32C();
        low.update(source, from, to - from);
        return high.getValue() << Integer.SIZE | low.getValue();
    }

    /** The JSON text. */
    @Override
    public String toString() {
        return new String(source, from, to - from, StandardCharsets.UTF_8);
    }
}
