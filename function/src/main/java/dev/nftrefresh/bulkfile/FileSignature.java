package dev.nftrefresh.bulkfile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Recognizes a file by its first bytes. */
final class FileSignature {
    static final int LENGTH = 3;

    private static final byte[] UTF_8 = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] UTF_16_BIG = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] UTF_16_LITTLE = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private static final byte[] ZIP = {'P', 'K', 3};

    private FileSignature() {}

    /** Whether it is the byte order mark of UTF-8, which is skipped. */
    static boolean isUtf8ByteOrderMark(byte[] bytes, int length) {
        return begins(bytes, length, UTF_8);
    }

    /** Which other kind of file it is: one sentence instead of a rejection of each line. */
    static @Nullable String fault(byte[] bytes, int length) {
        if (begins(bytes, length, UTF_16_BIG) || begins(bytes, length, UTF_16_LITTLE)) {
            return "it is UTF-16; write it as UTF-8";
        }
        if (begins(bytes, length, GZIP)) {
            return "it is a gzip, but its name does not say so; end the name in .gz";
        }
        return begins(bytes, length, ZIP) ? "it is a ZIP archive; compress it with gzip, or not at all" : null;
    }

    private static boolean begins(byte[] bytes, int length, byte[] with) {
        return length >= with.length && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
    }
}
