package dev.nftrefresh.pacing;

import dev.nftrefresh.pacing.RefreshGate.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The requests that were granted and not answered. */
final class UnderWay {
    /** The holder of a permit that old is taken for dead, else it would block the others forever. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private final Map<Long, Instant> grantedAt = new HashMap<>();

    void started(Permit permit) {
        grantedAt.put(permit.number(), permit.grantedAt());
    }

    /** Whether it was still under way: a permit is given back once. */
    boolean ended(Permit permit) {
        return grantedAt.remove(permit.number()) != null;
    }

    int count(Instant now) {
        grantedAt.values().removeIf(granted -> !granted.plus(LONGEST).isAfter(now));
        return grantedAt.size();
    }
}
