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
     * The same object without one of its members and without a comma beside it: the one before it, or the one after the
     * first member.
     *
     * @param name where the member begins in the source
     * @param end where the member's value ends in the source
     */
    TokenJson without(int name, int end) {
        int before = name - 1;
        while (isSpace(source[before])) {
            before--;
        }
        if (source[before] == ',') {
            return without(source, before, end);
        }
        int after = end;
        while (isSpace(source[after])) {
            after++;
        }
        return without(source, name, source[after] == ',' ? after + 1 : after);
    }

    private TokenJson without(byte[] text, int cutFrom, int cutTo) {
        byte[] kept = new byte[length() - (cutTo - cutFrom)];
        System.arraycopy(text, from, kept, 0, cutFrom - from);
        System.arraycopy(text, cutTo, kept, cutFrom - from, to - cutTo);
        return new TokenJson(kept, 0, kept.length);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
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
