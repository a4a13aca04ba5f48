package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.virtualtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What became of each update that a producer made: of so many tokens, so many versions each, counted from 1. */
final class UpdateTracker {
    private static final long NEVER = -1;

    private final int versions;
    private final long[] sentAt;
    private final boolean[] settled;
    private final int[] newest;
    private final long[] waits;
    private int waiting;
    private final boolean[] unheard;
    private long stale;
    private long staleOverUnheard;
    private Instant quietSince = VirtualTime.START;
    private Duration longestSilence = Duration.ZERO;

    UpdateTracker(int tokens, int versions) {
        this.versions = versions;
        sentAt = new long[tokens * versions];
        Arrays.fill(sentAt, NEVER);
        settled = new boolean[tokens * versions];
        waits = new long[tokens * versions];
        newest = new int[tokens];
        unheard = new boolean[tokens];
    }

    /** The producer queued it, for the first time or again. */
    void sent(int token, int version, Instant now) {
        int update = index(token, version);
        if (sentAt[update] != NEVER) {
            return;
        }
        sentAt[update] = millis(now);
        if (waiting == 0) {
            quietSince = now;
        }
        waiting++;
        if (newest[token] >= version) {
            settle(update, now);
        }
    }

    /**
     * The API took it.
     *
     * @param answered whether it said so
     */
    void accepted(int token, int version, boolean answered, Instant now) {
        if (version < newest[token]) {
            stale++;
            staleOverUnheard += unheard[token] ? 1 : 0;
        } else {
            unheard[token] = !answered && (version > newest[token] || unheard[token]);
            newest[token] = version;
        }
        for (int older = version; older > 0; older--) {
            int update = index(token, older);
            if (sentAt[update] != NEVER && !settled[update]) {
                settle(update, now);
            }
        }
        Duration silence = Duration.between(quietSince, now);
        if (silence.compareTo(longestSilence) > 0) {
            longestSilence = silence;
        }
        quietSince = now;
    }

    private void settle(int update, Instant now) {
        settled[update] = true;
        waits[update] = millis(now) - sentAt[update];
        waiting--;
    }

    /** The longest that an update waited, those of the first tokens left out. */
    Duration longestWait(int firstToken) {
        return Duration.ofMillis(
                Arrays.stream(waits, firstToken * versions, waits.length).max().orElse(0));
    }

    /** Updates that wait for acceptance, or for that of a newer one. */
    int waiting() {
        return waiting;
    }

    /** Acceptances of an update older than one that was accepted before it. */
    long stale() {
        return stale;
    }

    /** Those of them that overwrote an update whose acceptance no answer had reported. */
    long staleOverUnheard() {
        return staleOverUnheard;
    }

    Duration longestSilence() {
        return longestSilence;
    }

    /** The wait for acceptance that this share of the updates did not exceed. */
    Duration wait(double share) {
        return wait(share, newest.length);
    }

    /** The same of the first tokens alone. */
    Duration wait(double share, int tokens) {
        long[] sorted = IntStream.range(0, tokens * versions)
                .filter(update -> settled[update])
                .mapToLong(update -> waits[update])
                .sorted()
                .toArray();
        return sorted.length == 0
                ? Duration.ZERO
                : Duration.ofMillis(
                        sorted[Math.clamp((int) Math.ceil(share * sorted.length) - 1L, 0, sorted.length - 1)]);
    }

    boolean isSettled(int token, int version) {
        return settled[index(token, version)];
    }

    private int index(int token, int version) {
        return token * versions + version - 1;
    }

    private static long millis(Instant time) {
        return Duration.between(VirtualTime.START, time).toMillis();
    }
}
