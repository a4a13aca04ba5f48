package dev.nftrefresh.bulk;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a load stands. */
enum LoadState {
    RUNNING,
    DONE,
    FAILED;

    /** As reports and the table say it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is unreadable is to be loaded. */
    static LoadState of(@Nullable String text) {
        for (LoadState state : values()) {
            if (state.text().equals(text)) {
                return state;
            }
        }
        return RUNNING;
    }
}
