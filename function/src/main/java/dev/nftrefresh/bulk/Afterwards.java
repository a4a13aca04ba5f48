package dev.nftrefresh.bulk;

import dev.nftrefresh.bulk.ObjectStore.State;
import org.jspecify.annotations.Nullable;

/** What a report says of a file that is no longer what its key shows. */
final class Afterwards {
    private Afterwards() {}

    /** The detail with a sentence more, if there is something to say. */
    static @Nullable String detail(@Nullable String detail, State state) {
        String more =
                switch (state) {
                    case NEWEST -> null;
                    case REPLACED -> "A newer version was uploaded meanwhile, and has a report of its own.";
                    case DELETED -> "The file was deleted meanwhile.";
                };
        if (detail == null || more == null) {
            return detail == null ? more : detail;
        }
        return detail + " " + more;
    }
}
