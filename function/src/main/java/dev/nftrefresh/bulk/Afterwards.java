package dev.nftrefresh.bulk;

import dev.nftrefresh.bulk.ObjectStore.State;
import org.jspecify.annotations.Nullable;

/** What a report says of a file that is no longer what its key shows. */
final class Afterwards {
    private Afterwards() {}

    /** A sentence, if there is something to say. */
    static @Nullable String of(State state) {
        return switch (state) {
            case NEWEST -> null;
            case REPLACED -> "A newer version was uploaded meanwhile, and has a report of its own.";
            case DELETED -> "The file was deleted meanwhile.";
        };
    }
}
