package dev.nftrefresh.bulkfile;

import java.io.IOException;

/** The header of a gzip member, which is skipped. */
final class GzipHeader {
    private static final int FIRST = 0x1F;
    private static final int SECOND = 0x8B;
    private static final int DEFLATE = 8;
    private static final int HAS_CHECK = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private GzipHeader() {}

    /** Skips the header, whose first byte was taken already; false if it is none. */
    static boolean skip(int first, GzipByteSource packed) throws IOException {
        if (first != FIRST || packed.oneByte() != SECOND || packed.oneByte() != DEFLATE) {
            return false;
        }
        int flags = packed.oneByte();
        packed.fourBytes();
        packed.twoBytes();
        if ((flags & HAS_EXTRA) != 0) {
            for (int left = packed.twoBytes(); left > 0; left--) {
                packed.oneByte();
            }
        }
        if ((flags & HAS_NAME) != 0) {
            text(packed);
        }
        if ((flags & HAS_COMMENT) != 0) {
            text(packed);
        }
        if ((flags & HAS_CHECK) != 0) {
            packed.twoBytes();
        }
        return true;
    }

    private static void text(GzipByteSource packed) throws IOException {
        int b = packed.oneByte();
        while (b != 0) {
            b = packed.oneByte();
        }
    }
}
