package dev.nftrefresh.local.command;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuota;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.local.api.StandInSettings;
import dev.nftrefresh.operator.TerminalSafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a run stands with the API: the quota, why nothing moves, and how long the rest takes.
 *
 * @param quota what the API said of it; null if nothing
 * @param failure the last answer, if it accepted nothing
 * @param settings of the stand-in; null where requests go elsewhere
 * @param nextReturn when the next message comes back, if nothing moves until then; null if something moves
 */
record RunStatus(
        LastApiResponse.@Nullable Quota quota,
        LastApiResponse.@Nullable Failure failure,
        @Nullable StandInSettings settings,
        @Nullable Instant nextReturn,
        Instant now) {
    private static final int THROTTLED = 429;
    /** Of Immutable, which says the quota's end but not its beginning. */
    private static final Duration HOUR = Duration.ofHours(1);
    /** More words of the API's than this are for the log. */
    private static final int LONGEST_TEXT = 100;

    /** A quota that anybody could use up. */
    private LastApiResponse.@Nullable Quota limited() {
        return quota == null || quota.limit() >= StandInQuota.NO_LIMIT ? null : quota;
    }

    /** Such as {@code quota 3/10}; empty if there is none to speak of. */
    String quotaText() {
        LastApiResponse.Quota known = limited();
        return known == null
                ? ""
                : String.format(
                        Locale.ROOT, "quota %,d/%,d", isOpen(known) ? known.limit() : known.remaining(), known.limit());
    }

    private boolean isOpen(LastApiResponse.Quota known) {
        return !now.isBefore(known.reset());
    }

    /** Whether the quota is what everything waits for. */
    boolean isQuotaUsedUp() {
        LastApiResponse.Quota known = limited();
        boolean held = failure == null || isThrottled(failure);
        return known != null && held && known.remaining() == 0 && !isOpen(known);
    }

    private static boolean isThrottled(LastApiResponse.Failure answer) {
        return answer.status() != null && answer.status() == THROTTLED;
    }

    /** Why nothing moves, in a few words; empty if no reason is known. */
    String reasonInShort() {
        LastApiResponse.Quota known = limited();
        if (known != null && isQuotaUsedUp()) {
            return "opens in " + ReadableTimeText.duration(Duration.between(now, known.reset()));
        }
        if (failure == null) {
            return nextReturn == null ? "" : "back in " + untilReturn(nextReturn);
        }
        return "API: " + (failure.status() == null ? "no answer" : failure.status());
    }

    private String untilReturn(Instant next) {
        return ReadableTimeText.duration(Duration.between(now, next));
    }

    /** Why nothing moves, as a clause; empty if no reason is known. */
    String reason() {
        LastApiResponse.Quota known = limited();
        if (known != null && isQuotaUsedUp()) {
            return "quota used up, opens in %s (%s)"
                    .formatted(
                            ReadableTimeText.duration(Duration.between(now, known.reset())),
                            ReadableTimeText.clock(known.reset()));
        }
        if (failure == null) {
            return nextReturn == null ? "" : "messages come back in " + untilReturn(nextReturn);
        }
        String text = TerminalSafeText.line(
                failure.text().length() > LONGEST_TEXT ? failure.text().substring(0, LONGEST_TEXT) : failure.text());
        String next = nextReturn == null ? "" : "; next try in " + untilReturn(nextReturn);
        return failure.status() == null
                ? text.replaceFirst("\\.$", "") + next
                : "the API answers " + failure.status() + (text.isEmpty() ? "" : " (" + text + ")") + next;
    }

    /** The reason where there is room for more than a clause. */
    String explained() {
        boolean isHeldBack = failure == null && nextReturn != null && limited() != null && !isQuotaUsedUp();
        return isHeldBack ? reason() + ", as requests that are not full wait to spare the quota" : reason();
    }

    /**
     * How long the rest takes; null if that cannot be known.
     *
     * @param tokens without an outcome
     * @param tokensPerRequest of the requests so far; 0 before the first
     * @param tokensPerSecond so far; 0 if nothing moved yet
     */
    @Nullable
    Duration timeLeft(long tokens, double tokensPerRequest, double tokensPerSecond) {
        LastApiResponse.Quota known = limited();
        if (failure != null && !isThrottled(failure)) {
            return null;
        }
        if (known != null && tokensPerRequest > 0) {
            boolean byToken = settings != null && settings.unit() == StandInQuotaUnit.TOKEN;
            double needed = byToken ? tokens : Math.ceil(tokens / tokensPerRequest);
            double missing = needed - (isOpen(known) ? known.limit() : known.remaining());
            if (missing > 0) {
                return untilGranted(known, missing);
            }
        }
        return tokensPerSecond > 0 ? Duration.ofMillis((long) (1_000 * tokens / tokensPerSecond)) : null;
    }

    private Duration untilGranted(LastApiResponse.Quota known, double missing) {
        Duration window = settings == null ? HOUR : settings.window();
        if (settings != null && settings.refill() == QuotaRefill.STEADY) {
            return Duration.ofMillis((long) (window.toMillis() * missing / known.limit()));
        }
        Duration untilOpen = isOpen(known) ? window : Duration.between(now, known.reset());
        long windows = (long) Math.ceil(missing / known.limit()) - 1;
        return untilOpen.plus(window.multipliedBy(windows));
    }
}
