package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How much may be sent, as far as the answers say. */
sealed interface QuotaAllowance {
    /**
     * What the quota of a 202 allows.
     *
     * @param believed how much of a reported wait to wait
     */
    static QuotaAllowance of(ReportedQuota quota, UnaryOperator<Duration> believed, Instant now) {
        Long remaining = QuotaSanitizer.remaining(quota);
        if (remaining == null) {
            return new Unbounded();
        }
        Instant reset = QuotaSanitizer.reset(quota, now);
        return remaining > 0
                ? new RemainingInWindow(remaining, reset, end(reset, now), now)
                : new RemainingInWindow(remaining, reset, now.plus(believed.apply(wait(quota, now))), now);
    }

    private static Duration wait(ReportedQuota quota, Instant now) {
        Duration wait = QuotaSanitizer.retryAfter(quota);
        Duration untilReset = QuotaSanitizer.untilReset(quota, now);
        return wait != null ? wait : untilReset != null ? untilReset : ThrottleBackoff.SHORTEST;
    }

    /** When a report is no longer valid. */
    private static Instant end(@Nullable Instant reset, Instant reported) {
        return reset != null ? reset : reported.plus(RemainingInWindow.VALID_WITHOUT_RESET);
    }

    /** Reads what {@link #writeTo} wrote; nothing is {@link Unknown}. */
    static QuotaAllowance of(ItemFields fields) {
        Long remaining = fields.number("allowance.remaining");
        Instant opens = fields.instant("allowance.opens");
        Instant reported = fields.instant("allowance.told");
        if (remaining != null && opens != null && reported != null) {
            return new RemainingInWindow(remaining, fields.instant("allowance.reset"), opens, reported);
        }
        return fields.text("allowance.unbounded") != null ? new Unbounded() : new Unknown();
    }

    default void writeTo(ItemFields fields) {
        switch (this) {
            case Unknown _ -> {}
            case Unbounded _ -> fields.put("allowance.unbounded", true);
            case RemainingInWindow(long remaining, Instant reset, Instant opens, Instant reported) -> {
                fields.put("allowance.remaining", remaining);
                fields.put("allowance.reset", reset);
                fields.put("allowance.opens", opens);
                fields.put("allowance.told", reported);
            }
        }
    }

    /** No answer has said anything since the start, a closing or the end of a window: one request must probe. */
    record Unknown() implements QuotaAllowance {}

    /** Requests pass, and the answers report no limit. */
    record Unbounded() implements QuotaAllowance {}

    /**
     * A number of units of the quota remains.
     *
     * @param remaining as reported, so it does not include what was in flight then
     * @param reset when the window ends; null if not reported
     * @param opens when requests may be sent again once nothing remains; while something does, when this is no longer
     *     valid
     * @param learnedAt when the answer arrived
     */
    record RemainingInWindow(long remaining, @Nullable Instant reset, Instant opens, Instant learnedAt)
            implements QuotaAllowance {
        /**
         * An answer without a plausible end of its window is valid for no longer than this. A twelfth of an hour, so
         * that hardly anything is lost, and little is spent on probing.
         */
        static final Duration VALID_WITHOUT_RESET = Duration.ofMinutes(5);

        /** The same with a lower remaining value. */
        RemainingInWindow with(long fewer, Instant then) {
            return new RemainingInWindow(fewer, reset, then, learnedAt);
        }

        /** When this is no longer valid, for a quota that refills all at once. */
        Instant end() {
            return remaining == 0 ? opens : QuotaAllowance.end(reset, learnedAt);
        }

        /** Whether it was written by a clock that is far ahead, or is valid for longer than any wait is believed. */
        boolean isImplausible(Instant now) {
            return learnedAt.minus(LongWaitBackoff.LONGEST).isAfter(now)
                    || opens.minus(LongWaitBackoff.LONGEST).isAfter(now);
        }
    }
}
