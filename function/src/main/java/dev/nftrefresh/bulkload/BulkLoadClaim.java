package dev.nftrefresh.bulkload;

import java.time.Instant;

/** The result of claiming a file to load. */
sealed interface BulkLoadClaim {
    /** This invocation loads it, or counts its settled tokens. */
    record Acquired(BulkLoadLease lease) implements BulkLoadClaim {}

    /** Another invocation does, until then at most. */
    record Busy(Instant until) implements BulkLoadClaim {}

    /** The file was loaded, and nothing is left to count. */
    record AlreadyLoaded(BulkLoadProgress progress) implements BulkLoadClaim {}
}
