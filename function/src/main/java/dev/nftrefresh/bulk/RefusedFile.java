package dev.nftrefresh.bulk;

/** A file that cannot be loaded, however often it is tried. */
final class RefusedFile extends Exception {
    private static final long serialVersionUID = 1;

    /** Of one sentence: what is wrong, where, and what to do. */
    RefusedFile(String detail) {
        super(detail);
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
