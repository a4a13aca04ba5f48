package dev.nftrefresh.update;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
