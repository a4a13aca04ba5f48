package dev.nftrefresh.table;

import org.jspecify.annotations.Nullable;

/** The table could not be read. */
public final class TableUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    /** Says why, in one sentence. */
    public TableUnavailableException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
