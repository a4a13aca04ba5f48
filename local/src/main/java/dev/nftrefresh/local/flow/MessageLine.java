package dev.nftrefresh.local.flow;

/**
 * One line of a file of messages, without its end.
 *
 * @param number from 1
 * @param text what it says; cut when it is too long
 * @param bytes how long it is in the file
 */
record MessageLine(long number, String text, long bytes) {
    /** What a queue message may have. */
    static final int MAX_BYTES = 1_020 * 1_024;

    boolean isTooLong() {
        return bytes > MAX_BYTES;
    }
}
