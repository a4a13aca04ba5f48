package dev.nftrefresh.bulkload;

import java.time.Duration;

/** What is left to do for a file. */
sealed interface LoadResult {
    /** Loading continues after this pause. */
    record GoesOn(Duration pause) implements LoadResult {}

    /** The file is loaded; its settled tokens are counted again after this pause. */
    record Loaded(Duration pause) implements LoadResult {}

    /** Nothing is left to do. */
    record Over() implements LoadResult {}
}
