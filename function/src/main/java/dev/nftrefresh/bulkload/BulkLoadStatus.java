package dev.nftrefresh.bulkload;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a load stands. */
enum BulkLoadStatus {
    RUNNING,
    DONE,
    FAILED;

    /** As reports and the table say it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is unreadable is to be loaded. */
    static BulkLoadStatus of(@Nullable String text) {
        for (BulkLoadStatus state : values()) {
            if (state.text().equals(text)) {
                return state;
            }
        }
        return RUNNING;
    }
}
