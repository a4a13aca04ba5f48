package dev.nftrefresh.bulkfile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Scans eight bytes at once, because every byte of a file is scanned. */
final class ByteScanner {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private ByteScanner() {}

    /** The index of the first such byte from {@code from} up to but not including {@code to}, or -1. */
    static int indexOf(byte[] bytes, byte wanted, int from, int to) {
        long pattern = LOW_BITS * (wanted & 0xFF);
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long different = (long) EIGHT.get(bytes, i) ^ pattern;
            // The lowest byte that is 0 gets its high bit set; those above it may get it wrongly, which does no harm.
            long zero = (different - LOW_BITS) & ~different & HIGH_BITS;
            if (zero != 0) {
                return i + Long.numberOfTrailingZeros(zero) / Byte.SIZE;
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** The index of the first byte that is not ASCII, or {@code to}. */
    static int endOfAscii(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long high = (long) EIGHT.get(bytes, i) & HIGH_BITS;
            if (high != 0) {
                return i + Long.numberOfTrailingZeros(high) / Byte.SIZE;
            }
        }
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        return i;
    }
}
