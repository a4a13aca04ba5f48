package dev.nftrefresh.bulkfile;

/** LF, or CR and LF. */
final class LineEnding {
    private LineEnding() {}

    /** The index at which the line ends that the buffer has just read. */
    static int without(FileReadBuffer buffer, boolean terminated) {
        int end = terminated ? buffer.at() - 1 : buffer.at();
        return end > buffer.start() && buffer.bytes()[end - 1] == '\r' ? end - 1 : end;
    }
}
