package dev.nftrefresh.pacing;

import dev.nftrefresh.api.Quota;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.table.Notes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The closings that 429s cause. A 429 that names no wait closes for 2 s, then 4 s, 8 s … up to 5 minutes, until a 202. */
final class Throttling {
    /** The wait where nobody names one. */
    static final Duration SHORTEST = Duration.ofSeconds(2);

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int DOUBLINGS_TO_LONGEST = 8;

    private @Nullable Instant closedUntil;
    private boolean exhausted;
    private final LongWaits longWaits;
    private long inARow;
    private long lastOfEpisode;

    Throttling(LongWaits longWaits, Notes notes) {
        this.longWaits = longWaits;
        closedUntil = notes.instant("closed_until");
        exhausted = notes.text("closed_by_quota") != null;
        inARow = notes.number("throttled.in_a_row", 0);
        lastOfEpisode = notes.number("throttled.last", -1);
    }

    void note(Notes notes) {
        notes.put("closed_until", closedUntil);
        notes.put("closed_by_quota", exhausted ? true : null);
        notes.put("throttled.in_a_row", inARow);
        notes.put("throttled.last", lastOfEpisode);
    }

    /**
     * A request was throttled.
     *
     * @param lastGranted the newest permit's number: what is under way now and comes back throttled tells nothing new
     */
    void throttled(Permit permit, long lastGranted, Quota quota, Instant now) {
        Duration asked = asked(quota, now);
        if (asked == null && permit.number() > lastOfEpisode) {
            inARow++;
            lastOfEpisode = lastGranted;
        }
        Instant until = now.plus(asked != null ? longWaits.believed(permit, lastGranted, asked) : doubled());
        if (closedUntil == null || until.isAfter(closedUntil)) {
            closedUntil = until;
            Long remaining = QuotaSense.remaining(quota);
            exhausted = asked != null && remaining != null;
        }
    }

    /** A request was accepted; one sent before the last closing says nothing about what came after. */
    void accepted(Permit permit) {
        if (permit.number() > lastOfEpisode) {
            inARow = 0;
        }
    }

    /** When the closing ends; null while there is none. */
    @Nullable
    Instant closedUntil() {
        return closedUntil;
    }

    /** Whether it was the quota that closed, and not a limiter in front that counts seconds and tells no quota. */
    boolean isExhausted() {
        return exhausted;
    }

    /** The closing is over. */
    void opened() {
        closedUntil = null;
        exhausted = false;
    }

    private static @Nullable Duration asked(Quota quota, Instant now) {
        Duration wait = QuotaSense.retryAfter(quota);
        // A wait of nothing on a 429 is no advice: following it would send the next 429's request at once.
        if (wait != null && wait.isPositive()) {
            return wait;
        }
        Duration untilReset = QuotaSense.untilReset(quota, now);
        Long remaining = QuotaSense.remaining(quota);
        // While the window has requests left, it was another limiter that said no, and the window's end is not its
        // wait.
        return remaining == null || remaining == 0 ? untilReset : null;
    }

    private Duration doubled() {
        Duration wait = SHORTEST.multipliedBy(1L << Math.clamp(inARow - 1, 0, DOUBLINGS_TO_LONGEST));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
