package dev.nftrefresh.bulkload;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Another service failed, which says nothing about the file: the load continues later. */
public final class ServiceUnavailableException extends IOException {
    private static final long serialVersionUID = 1;

    /** With one sentence: what failed, and where. */
    public ServiceUnavailableException(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
