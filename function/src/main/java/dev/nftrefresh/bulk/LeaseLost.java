package dev.nftrefresh.bulk;

/** Another invocation loads the file now, so this one stops. */
final class LeaseLost extends Exception {
    private static final long serialVersionUID = 1;
}
