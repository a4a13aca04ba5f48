package dev.nftrefresh.bulk;

import java.time.Instant;

/** What came of wanting to load a file. */
sealed interface Claim {
    /** This invocation loads it, or counts its settled tokens. */
    record Mine(Lease lease) implements Claim {}

    /** Another one does, until then at most. */
    record Busy(Instant until) implements Claim {}

    /** It was loaded, and nothing is left to count. */
    record Over(Progress progress) implements Claim {}
}
