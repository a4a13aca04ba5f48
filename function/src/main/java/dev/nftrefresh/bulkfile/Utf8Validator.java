package dev.nftrefresh.bulkfile;

/** Checks that bytes are UTF-8 as RFC 3629 defines it: no surrogates, no overlong forms, nothing above U+10FFFF. */
final class Utf8Validator {
    private Utf8Validator() {}

    /** The index of the first byte of the first invalid sequence, or -1. */
    static int firstInvalid(byte[] bytes, int from, int to) {
        int i = ByteScanner.endOfAscii(bytes, from, to);
        while (i < to) {
            int length = sequence(bytes, i, to);
            if (length == 0) {
                return i;
            }
            i += length;
            if (i < to && bytes[i] >= 0) {
                i = ByteScanner.endOfAscii(bytes, i, to);
            }
        }
        return -1;
    }

    /** The length in bytes of the character that begins here with a byte above ASCII; 0 if it is invalid. */
    private static int sequence(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xFF;
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (to - at < length) {
            return 0;
        }
        // Only the second byte has bounds that depend on the first.
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        int second = bytes[at + 1] & 0xFF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
