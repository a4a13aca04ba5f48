package dev.nftrefresh.file;

/** LF, or CR and LF. */
final class LineEnd {
    private LineEnd() {}

    /** The index at which the line ends that the window has just gone behind. */
    static int without(Window window, boolean terminated) {
        int end = terminated ? window.at() - 1 : window.at();
        return end > window.start() && window.bytes()[end - 1] == '\r' ? end - 1 : end;
    }
}
