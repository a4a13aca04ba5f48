package dev.nftrefresh.pacing;

import dev.nftrefresh.api.Quota;
import dev.nftrefresh.table.Notes;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How much may go, as far as the answers told. */
sealed interface Allowance {
    /**
     * What the quota that came with a 202 allows.
     *
     * @param believed how much of a wait to wait
     */
    static Allowance of(Quota quota, UnaryOperator<Duration> believed, Instant now) {
        Long remaining = QuotaSense.remaining(quota);
        if (remaining == null) {
            return new Unbounded();
        }
        Instant reset = QuotaSense.reset(quota, now);
        return remaining > 0
                ? new Window(remaining, reset, end(reset, now), now)
                : new Window(remaining, reset, now.plus(believed.apply(wait(quota, now))), now);
    }

    private static Duration wait(Quota quota, Instant now) {
        Duration wait = QuotaSense.retryAfter(quota);
        Duration untilReset = QuotaSense.untilReset(quota, now);
        return wait != null ? wait : untilReset != null ? untilReset : Throttling.SHORTEST;
    }

    /** When what was told holds no longer. */
    private static Instant end(@Nullable Instant reset, Instant told) {
        return reset != null ? reset : told.plus(Window.HOLDS_WITHOUT_RESET);
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
     * @param opens when requests may go again once nothing remains; while something does, when this holds no longer
     * @param told when this was
     */
    record Window(long remaining, @Nullable Instant reset, Instant opens, Instant told) implements Allowance {
        /**
         * An answer that tells no end of the window that makes sense is of some window: what remained of it is not known
         * for longer than this. A twelfth of an hour, so that hardly anything is lost, and little is spent to find out.
         */
        static final Duration HOLDS_WITHOUT_RESET = Duration.ofMinutes(5);

        /** The same with less remaining. */
        Window with(long fewer, Instant then) {
            return new Window(fewer, reset, then, told);
        }

        /** When this holds no longer where the quota comes back at once. */
        Instant end() {
            return remaining == 0 ? opens : Allowance.end(reset, told);
        }

        /** It was told by a clock that is far ahead, or holds for longer than anything is believed. */
        boolean isNonsense(Instant now) {
            return told.minus(LongWaits.LONGEST).isAfter(now)
                    || opens.minus(LongWaits.LONGEST).isAfter(now);
        }
    }
}
