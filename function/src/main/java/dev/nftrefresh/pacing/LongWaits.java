package dev.nftrefresh.pacing;

import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.table.Notes;
import java.time.Duration;

/**
 * How long a wait that an answer told is believed. The window is an hour, so a wait of hours is more likely a mistake: one
 * request finds out after 15 minutes, and while the answers keep to it, again after twice as long each time, up to two
 * hours.
 */
final class LongWaits {
    /** A window, and some minutes for a clock that is off. */
    static final Duration CREDIBLE = Duration.ofMinutes(65);
    /** No wait is believed for longer. */
    static final Duration LONGEST = Duration.ofHours(2);

    private static final Duration FIRST = Duration.ofMinutes(15);
    private static final int DOUBLINGS_TO_LONGEST = 3;

    private static final String IN_A_ROW = "long_waits.in_a_row";
    private static final String LAST = "long_waits.last";

    private long inARow;
    /** The newest permit when the last one was told: what was under way then tells nothing new. */
    private long lastOfEpisode;

    LongWaits(Notes notes) {
        inARow = notes.number(IN_A_ROW, 0);
        lastOfEpisode = notes.number(LAST, -1);
    }

    void note(Notes notes) {
        if (inARow > 0) {
            notes.put(IN_A_ROW, inARow);
            notes.put(LAST, lastOfEpisode);
        }
    }

    static boolean areCredible(Duration wait) {
        return wait.compareTo(CREDIBLE) <= 0;
    }

    /** An answer told this wait; says how much of it to wait before one request finds out. */
    Duration believed(Permit permit, long lastGranted, Duration told) {
        boolean isNew = inARow == 0 || permit.number() > lastOfEpisode;
        if (areCredible(told)) {
            ended(permit);
            return told;
        }
        if (isNew) {
            inARow++;
            lastOfEpisode = lastGranted;
        }
        Duration wait = FIRST.multipliedBy(1L << Math.clamp(inARow - 1, 0, DOUBLINGS_TO_LONGEST));
        Duration most = wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
        return told.compareTo(most) < 0 ? told : most;
    }

    /** An answer that told no long wait, to a request that went after the last one that did. */
    void ended(Permit permit) {
        if (permit.number() > lastOfEpisode) {
            inARow = 0;
        }
    }
}
