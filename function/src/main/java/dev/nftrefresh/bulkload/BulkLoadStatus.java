package dev.nftrefresh.bulkload;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The status of a load. */
enum BulkLoadStatus {
    RUNNING,
    DONE,
    FAILED;

    /** Its name in reports and in the table. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of this name; an unreadable one means that the file is to be loaded. */
    static BulkLoadStatus of(@Nullable String text) {
        for (BulkLoadStatus state : values()) {
            if (state.text().equals(text)) {
                return state;
            }
        }
        return RUNNING;
    }
}
