package dev.nftrefresh.update;

import java.time.Instant;

/**
 * Which of two updates of one token is newer: the later one, and of two made at the same time the one whose bytes have
 * the larger hash, so that every copy of the function gives the same answer. Equal versions are the same update.
 *
 * @param time when the producer made the update, to nanoseconds
 * @param hash of the bytes that would be sent, see {@link TokenJson#hash()}
 */
public record UpdateVersion(Instant time, long hash) implements Comparable<UpdateVersion> {
    @Override
    public int compareTo(UpdateVersion other) {
        int byTime = time.compareTo(other.time);
        return byTime != 0 ? byTime : Long.compareUnsigned(hash, other.hash);
    }

    /** Whether this version is newer than the other one. */
    public boolean isNewerThan(UpdateVersion other) {
        return compareTo(other) > 0;
    }
}
