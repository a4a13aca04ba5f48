package dev.nftrefresh.bulkload;

import java.time.Duration;

/** What is left to do for a file. */
sealed interface LoadResult {
    /** It is loaded farther after this pause. */
    record GoesOn(Duration pause) implements LoadResult {}

    /** It is loaded; its settled tokens are counted again after this pause. */
    record Loaded(Duration pause) implements LoadResult {}

    /** Nothing. */
    record Over() implements LoadResult {}
}
