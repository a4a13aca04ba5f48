package dev.nftrefresh.bulkfile;

import java.util.Arrays;

/** The part of a rejected element that is shown. */
final class ContentExcerpt {
    /** The size limit of a token: an element that is rejected for another reason than its size is shown in full. */
    static final int MAX_BYTES = 16 * 1024;

    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;
    private static final int LONGEST_CHARACTER = 4;

    private ContentExcerpt() {}

    /** A copy of the first 16 KiB at most, without half a character at the end. */
    static byte[] head(byte[] bytes, int from, int to) {
        int end = to;
        if (to - from > MAX_BYTES) {
            end = from + MAX_BYTES;
            // Bytes that are not UTF-8 have no characters to keep whole.
            int first = end - LONGEST_CHARACTER;
            while (end > first && (bytes[end] & CONTINUATION_MASK) == CONTINUATION) {
                end--;
            }
        }
        return Arrays.copyOfRange(bytes, from, end);
    }
}
