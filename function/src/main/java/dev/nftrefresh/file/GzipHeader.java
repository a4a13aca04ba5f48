package dev.nftrefresh.file;

import java.io.IOException;

/** What a member of a gzip begins with; nothing in it matters to us. */
final class GzipHeader {
    private static final int MAGIC = 0x8B1F;
    private static final int DEFLATE = 8;
    private static final int HAS_CHECK = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private GzipHeader() {}

    static void pass(PackedBytes packed) throws IOException {
        if (packed.twoBytes() != MAGIC || packed.oneByte() != DEFLATE) {
            throw new BrokenContent("what stands here is no gzip, which the ending .gz says it is; pack it with gzip");
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
    }

    private static void text(PackedBytes packed) throws IOException {
        int b = packed.oneByte();
        while (b != 0) {
            b = packed.oneByte();
        }
    }
}
