package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.ratelimit.RateLimiter.ApiHealth;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.table.ItemFields;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many requests in a row the API failed to answer. Counted from answers, because deliveries of a message say
 * nothing: most of them only waited for the quota.
 */
final class ConsecutiveFailures {
    private static final String IN_A_ROW = "failures.in_a_row";
    private static final String LAST = "failures.last";
    private static final String LAST_AT = "failures.at";
    private static final String LAST_ACCEPTED = "accepted.last";

    private long inARow;
    /** The newest permit when the last failure was counted: what was in flight then adds nothing new. */
    private long lastCountedPermit;

    private @Nullable Instant lastFailed;
    private @Nullable Instant lastAccepted;

    ConsecutiveFailures(ItemFields fields) {
        inARow = fields.number(IN_A_ROW, 0);
        lastCountedPermit = fields.number(LAST, -1);
        lastFailed = fields.instant(LAST_AT);
        lastAccepted = fields.instant(LAST_ACCEPTED);
    }

    void writeTo(ItemFields fields) {
        fields.put(LAST_ACCEPTED, lastAccepted);
        if (inARow > 0) {
            fields.put(IN_A_ROW, inARow);
            fields.put(LAST, lastCountedPermit);
            fields.put(LAST_AT, lastFailed);
        }
    }

    /**
     * Counts an answer.
     *
     * @param lastGranted the newest permit's number
     * @return failures in a row, with this one
     */
    int recordOutcome(Permit permit, long lastGranted, RefreshOutcome outcome, Instant now) {
        switch (outcome) {
            case RefreshOutcome.Accepted _ -> {
                inARow = 0;
                lastFailed = null;
                lastAccepted = now;
            }
            case RefreshOutcome.Failed _, RefreshOutcome.Unknown _, RefreshOutcome.KeyRefused _ -> {
                lastFailed = now;
                if (inARow == 0 || permit.number() > lastCountedPermit) {
                    inARow++;
                    lastCountedPermit = lastGranted;
                }
            }
            // These concern the quota, or only this request or collection.
            case RefreshOutcome.Throttled _,
                    RefreshOutcome.Refused _,
                    RefreshOutcome.Forbidden _,
                    RefreshOutcome.CollectionNotFound _ -> {}
        }
        return Math.toIntExact(inARow);
    }

    ApiHealth health() {
        return new ApiHealth(Math.toIntExact(inARow), lastFailed, lastAccepted);
    }
}
