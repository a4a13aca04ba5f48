package dev.nftrefresh.pacing;

import dev.nftrefresh.api.Quota;
import dev.nftrefresh.table.Notes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How much may go, as far as the answers told. */
sealed interface Allowance {
    /** What the quota that came with a 202 allows. */
    static Allowance of(Quota quota, Instant now) {
        Long remaining = QuotaSense.remaining(quota);
        if (remaining == null) {
            return new Unbounded();
        }
        Duration wait = QuotaSense.retryAfter(quota);
        Instant reset = QuotaSense.reset(quota, now);
        Instant opens = wait != null ? now.plus(wait) : reset != null ? reset : now.plus(Throttling.SHORTEST);
        return new Window(remaining, reset, opens, now);
    }

    /** Reads what {@link #note} wrote; nothing is {@link Untold}. */
    static Allowance of(Notes notes) {
        Long remaining = notes.number("allowance.remaining");
        Instant opens = notes.instant("allowance.opens");
        Instant told = notes.instant("allowance.told");
        if (remaining != null && opens != null && told != null) {
            return new Window(remaining, notes.instant("allowance.reset"), opens, told);
        }
        return notes.text("allowance.unbounded") != null ? new Unbounded() : new Untold();
    }

    default void note(Notes notes) {
        switch (this) {
            case Untold _ -> {}
            case Unbounded _ -> notes.put("allowance.unbounded", true);
            case Window(long remaining, Instant reset, Instant opens, Instant told) -> {
                notes.put("allowance.remaining", remaining);
                notes.put("allowance.reset", reset);
                notes.put("allowance.opens", opens);
                notes.put("allowance.told", told);
            }
        }
    }

    /** No answer told anything since the start, a closing or the end of a window: one request has to find out. */
    record Untold() implements Allowance {}

    /** Requests pass, and the answers tell no limit. */
    record Unbounded() implements Allowance {}

    /**
     * A number of units of the quota remains.
     *
     * @param remaining as told, so without what was under way then
     * @param reset when the window ends, if told
     * @param opens when requests may go again once nothing remains
     * @param told when this was
     */
    record Window(long remaining, @Nullable Instant reset, Instant opens, Instant told) implements Allowance {
        /** The same with less remaining. */
        Window with(long fewer, Instant then) {
            return new Window(fewer, reset, then, told);
        }
    }
}
