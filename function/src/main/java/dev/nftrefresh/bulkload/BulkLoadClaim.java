package dev.nftrefresh.bulkload;

import java.time.Instant;

/** What came of wanting to load a file. */
sealed interface BulkLoadClaim {
    /** This invocation loads it, or counts its settled tokens. */
    record Acquired(BulkLoadLease lease) implements BulkLoadClaim {}

    /** Another one does, until then at most. */
    record Busy(Instant until) implements BulkLoadClaim {}

    /** It was loaded, and nothing is left to count. */
    record AlreadyLoaded(BulkLoadProgress progress) implements BulkLoadClaim {}
}
