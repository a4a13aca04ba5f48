package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Detects what the quota counts. Whenever nothing is in flight, it is known how many requests and tokens were sent
 * since the last such moment, and {@code remaining} has fallen by one of the two, or by more where others spend from it
 * too.
 */
final class QuotaUnitDetector {
    /** So many falls in a row must contradict the assumed unit: somebody else may have spent at that moment. */
    private static final int MIN_CONTRADICTIONS = 2;

    private final QuotaUnit setting;
    private boolean tokensCount;
    private long contradictions;
    /** What remained when nothing was in flight last. */
    private @Nullable Long remaining;
    /** The lowest value reported since then. */
    private @Nullable Long lowestRemaining;

    private @Nullable Instant since;
    private long requests;
    private long tokens;

    QuotaUnitDetector(QuotaUnit setting, ItemFields fields) {
        this.setting = setting;
        tokensCount = setting == QuotaUnit.TOKEN || (setting == QuotaUnit.AUTO && fields.text("unit.tokens") != null);
        contradictions = fields.number("unit.contradictions", 0);
        remaining = fields.number("unit.remaining");
        lowestRemaining = fields.number("unit.least");
        since = fields.instant("unit.since");
        requests = fields.number("unit.requests_since", 0);
        tokens = fields.number("unit.tokens_since", 0);
    }

    void writeTo(ItemFields fields) {
        if (setting == QuotaUnit.AUTO) {
            fields.put("unit.tokens", tokensCount ? true : null);
            fields.put("unit.contradictions", contradictions);
            fields.put("unit.remaining", remaining);
            fields.put("unit.least", lowestRemaining);
            fields.put("unit.since", since);
            fields.put("unit.requests_since", requests);
            fields.put("unit.tokens_since", tokens);
        }
    }

    /** What a full request costs. A bucket that is smaller than that can only be emptied. */
    long costOfFull(@Nullable Long limit) {
        return cost(RefreshRequestLimits.TOKENS, limit);
    }

    /** What a request of so many tokens costs, if the limit is this. */
    long cost(int tokens, @Nullable Long limit) {
        return !tokensCount() ? 1 : limit == null ? tokens : Math.min(tokens, limit);
    }

    boolean tokensCount() {
        return tokensCount;
    }

    /**
     * A request of so many tokens was accepted while so many others were in flight.
     *
     * @param steadyUnit the time in which one unit refills, if the refill is steady
     */
    void accepted(int tokensOfIt, ReportedQuota quota, int inFlight, @Nullable Duration steadyUnit, Instant now) {
        if (setting != QuotaUnit.AUTO) {
            return;
        }
        Long reported = QuotaSanitizer.remaining(quota);
        if (reported == null) {
            resetComparison();
            return;
        }
        requests++;
        tokens += tokensOfIt;
        // Answers arrive in another order than they were counted in: the lowest one is the newest of its window.
        lowestRemaining = lowestRemaining == null ? reported : Math.min(lowestRemaining, reported);
        if (inFlight > 0) {
            return;
        }
        if (remaining != null && since != null && tokens > requests) {
            long refilled =
                    steadyUnit == null ? 0 : Duration.between(since, now).dividedBy(steadyUnit);
            Long limit = QuotaSanitizer.limit(quota);
            if (limit != null) {
                compare(Math.min(limit, remaining + refilled) - lowestRemaining);
            } else if (refilled == 0) {
                compare(remaining - lowestRemaining); // otherwise it may have been full again, at an unknown limit
            }
        }
        since = now;
        // If a new window began meanwhile, more is left than the last one had.
        remaining = lowestRemaining;
        lowestRemaining = null;
        requests = 0;
        tokens = 0;
    }

    /** A request of so many tokens was throttled: if something remained, it was too little for its tokens. */
    void throttled(int tokensOfIt, ReportedQuota quota) {
        resetComparison();
        Long left = QuotaSanitizer.remaining(quota);
        if (setting == QuotaUnit.AUTO && !tokensCount && left != null && left > 0 && left < tokensOfIt) {
            contradicted(true);
        }
    }

    /** Something else may have spent: later answers must not be compared with earlier ones. */
    void resetComparison() {
        remaining = null;
        lowestRemaining = null;
        requests = 0;
        tokens = 0;
    }

    private void compare(long fall) {
        if (fall <= 0) {
            return; // a new window
        }
        // Compared with the mean of the two, as somebody else may have spent some.
        boolean likeTokens = 2 * fall > tokens + requests;
        if (likeTokens == tokensCount) {
            contradictions = 0;
        } else {
            contradicted(likeTokens);
        }
    }

    private void contradicted(boolean likeTokens) {
        contradictions++;
        if (contradictions >= MIN_CONTRADICTIONS) {
            tokensCount = likeTokens;
            contradictions = 0;
        }
    }
}
