package dev.nftrefresh.settled;

import java.time.Instant;

/**
 * How many tokens of a file are settled, each counted once.
 *
 * @param lastAt when the last of them was recorded; {@link Instant#EPOCH} if none was
 */
public record SettledCount(long accepted, long superseded, long deadLettered, Instant lastAt) {
    /** No settled tokens. */
    public static final SettledCount NONE = new SettledCount(0, 0, 0, Instant.EPOCH);

    /** The number of all of them. */
    public long total() {
        return accepted + superseded + deadLettered;
    }

    SettledCount plus(SettledCount other) {
        return new SettledCount(
                accepted + other.accepted,
                superseded + other.superseded,
                deadLettered + other.deadLettered,
                other.lastAt.isAfter(lastAt) ? other.lastAt : lastAt);
    }
}
