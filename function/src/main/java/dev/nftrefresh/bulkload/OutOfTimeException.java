package dev.nftrefresh.bulkload;

import java.io.IOException;

/** The invocation has to end while an element is looked for, as when a long packed file is read again from its start. */
final class OutOfTimeException extends IOException {
    private static final long serialVersionUID = 1;
}
