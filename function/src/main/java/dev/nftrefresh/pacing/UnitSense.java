package dev.nftrefresh.pacing;

import dev.nftrefresh.api.Quota;
import dev.nftrefresh.api.RequestLimits;
import dev.nftrefresh.table.Notes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the quota counts. While nothing is under way it is known how many requests and tokens went since the
 * last such moment, and {@code remaining} has fallen by one of the two, or by more where others spend from it too.
 */
final class UnitSense {
    /** So many falls in a row have to contradict what is believed: somebody else may have spent at that moment. */
    private static final int ENOUGH = 2;

    private final QuotaUnit setting;
    private boolean tokensCount;
    private long contradictions;
    /** When nothing was under way last. */
    private @Nullable Long remaining;
    /** Told since then. */
    private @Nullable Long least;

    private @Nullable Instant since;
    private long requests;
    private long tokens;

    UnitSense(QuotaUnit setting, Notes notes) {
        this.setting = setting;
        tokensCount = setting == QuotaUnit.TOKEN || (setting == QuotaUnit.AUTO && notes.text("unit.tokens") != null);
        contradictions = notes.number("unit.contradictions", 0);
        remaining = notes.number("unit.remaining");
        least = notes.number("unit.least");
        since = notes.instant("unit.since");
        requests = notes.number("unit.requests_since", 0);
        tokens = notes.number("unit.tokens_since", 0);
    }

    void note(Notes notes) {
        if (setting == QuotaUnit.AUTO) {
            notes.put("unit.tokens", tokensCount ? true : null);
            notes.put("unit.contradictions", contradictions);
            notes.put("unit.remaining", remaining);
            notes.put("unit.least", least);
            notes.put("unit.since", since);
            notes.put("unit.requests_since", requests);
            notes.put("unit.tokens_since", tokens);
        }
    }

    /** What a full request costs. A bucket that is smaller than that can only be emptied. */
    long costOfFull(@Nullable Long limit) {
        return cost(RequestLimits.TOKENS, limit);
    }

    /** What a request of so many tokens costs, if the limit is this. */
    long cost(int tokens, @Nullable Long limit) {
        return !tokensCount() ? 1 : limit == null ? tokens : Math.min(tokens, limit);
    }

    boolean tokensCount() {
        return tokensCount;
    }

    /**
     * A request of so many tokens was accepted, and then so many others were under way.
     *
     * @param steadyUnit in which one unit comes back, if they come evenly
     */
    void accepted(int tokensOfIt, Quota quota, int underWay, @Nullable Duration steadyUnit, Instant now) {
        if (setting != QuotaUnit.AUTO) {
            return;
        }
        Long told = QuotaSense.remaining(quota);
        if (told == null) {
            lostCount();
            return;
        }
        requests++;
        tokens += tokensOfIt;
        // Answers come in another order than they were counted in: the least one is the newest of its window.
        least = least == null ? told : Math.min(least, told);
        if (underWay > 0) {
            return;
        }
        if (remaining != null && since != null && tokens > requests) {
            long refilled =
                    steadyUnit == null ? 0 : Duration.between(since, now).dividedBy(steadyUnit);
            Long limit = QuotaSense.limit(quota);
            if (limit != null) {
                judge(Math.min(limit, remaining + refilled) - least);
            } else if (refilled == 0) {
                judge(remaining - least); // else it may have been full again, and nobody knows with how many
            }
        }
        since = now;
        // A window that began meanwhile has more left than the last one had.
        remaining = least;
        least = null;
        requests = 0;
        tokens = 0;
    }

    /** A request of so many tokens was throttled: if something remained, it was not enough for its tokens. */
    void throttled(int tokensOfIt, Quota quota) {
        lostCount();
        Long left = QuotaSense.remaining(quota);
        if (setting == QuotaUnit.AUTO && !tokensCount && left != null && left > 0 && left < tokensOfIt) {
            contradicted(true);
        }
    }

    /** Something else may have spent: what comes next is not to be compared with what was before. */
    void lostCount() {
        remaining = null;
        least = null;
        requests = 0;
        tokens = 0;
    }

    private void judge(long fall) {
        if (fall <= 0) {
            return; // of another window
        }
        // Nearer to one or to the other: somebody else may have spent some.
        boolean likeTokens = 2 * fall > tokens + requests;
        if (likeTokens == tokensCount) {
            contradictions = 0;
        } else {
            contradicted(likeTokens);
        }
    }

    private void contradicted(boolean likeTokens) {
        contradictions++;
        if (contradictions >= ENOUGH) {
            tokensCount = likeTokens;
            contradictions = 0;
        }
    }
}
