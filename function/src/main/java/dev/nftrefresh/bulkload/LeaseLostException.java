package dev.nftrefresh.bulkload;

/** Another invocation loads the file now, so this one stops. */
final class LeaseLostException extends Exception {
    private static final long serialVersionUID = 1;
}
