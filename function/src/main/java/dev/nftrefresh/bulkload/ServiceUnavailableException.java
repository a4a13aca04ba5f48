package dev.nftrefresh.bulkload;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something outside did not do what it should, which says nothing against the file: the load goes on later. */
public final class ServiceUnavailableException extends IOException {
    private static final long serialVersionUID = 1;

    /** Says in one sentence what failed, and where. */
    public ServiceUnavailableException(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
