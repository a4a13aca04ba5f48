package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkload.ObjectStore.VersionState;
import org.jspecify.annotations.Nullable;

/** What a report says about a file that was replaced or deleted. */
final class ReplacedFileSentence {
    private ReplacedFileSentence() {}

    /** A sentence, if there is something to say. */
    static @Nullable String of(VersionState state) {
        return switch (state) {
            case NEWEST -> null;
            case REPLACED -> "A newer version was uploaded meanwhile, and has a report of its own.";
            case DELETED -> "The file was deleted meanwhile.";
        };
    }
}
