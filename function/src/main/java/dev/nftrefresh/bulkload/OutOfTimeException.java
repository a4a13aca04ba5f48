package dev.nftrefresh.bulkload;

import java.io.IOException;

/**
 * The invocation must end while it searches for an element, as when a long compressed file is read again from its
 * start.
 */
final class OutOfTimeException extends IOException {
    private static final long serialVersionUID = 1;
}
