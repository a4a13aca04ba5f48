package dev.nftrefresh.bulk;

import java.time.Instant;

/** What came of wanting to load a file. */
sealed interface Claim {
    /** This invocation loads it. */
    record Mine(Lease lease) implements Claim {}

    /** Another one does, until then at most. */
    record Busy(Instant until) implements Claim {}

    /** It was loaded. */
    record Over(Progress progress) implements Claim {}
}
