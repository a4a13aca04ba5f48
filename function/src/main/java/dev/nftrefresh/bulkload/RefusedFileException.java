package dev.nftrefresh.bulkload;

/** A file that cannot be loaded, however often it is tried. */
final class RefusedFileException extends Exception {
    private static final long serialVersionUID = 1;

    /** With one sentence: what is wrong, where, and what to do. */
    RefusedFileException(String detail) {
        super(detail);
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
