package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ratelimit.QuotaAllowance.RemainingInWindow;
import dev.nftrefresh.ratelimit.QuotaAllowance.Unknown;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.table.ItemFields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tracks what remains, although answers do not arrive in the order in which their requests were sent. */
final class QuotaAllowanceTracker {
    private static final String NEWEST = "allowance.newest";

    private QuotaAllowance allowance;
    /**
     * Answers to permits up to this one may only lower the remaining value. They were in flight when it was learned,
     * and the API counts requests in the order in which they reach it, which is not the order in which they were sent.
     */
    private long newest;

    private final LongWaitBackoff longWaits;

    QuotaAllowanceTracker(LongWaitBackoff longWaits, ItemFields fields) {
        this.longWaits = longWaits;
        allowance = QuotaAllowance.of(fields);
        newest = fields.number(NEWEST, 0);
    }

    void writeTo(ItemFields fields) {
        allowance.writeTo(fields);
        fields.put(NEWEST, newest);
    }

    QuotaAllowance allowance() {
        return allowance;
    }

    /** What was learned is no longer valid, nor will be the answers to permits up to this one. */
    void reset(long lastGranted) {
        allowance = new Unknown();
        newest = lastGranted;
    }

    /** A request was accepted with this quota, when {@code lastGranted} was the newest permit. */
    void accepted(Permit permit, long lastGranted, ReportedQuota quota, Instant now) {
        QuotaAllowance reported = QuotaAllowance.of(quota, wait -> longWaits.believed(permit, lastGranted, wait), now);
        if (!(reported instanceof RemainingInWindow(long remaining, Instant _, Instant _, Instant _))
                || remaining > 0) {
            longWaits.recordShortWait(permit);
        }
        if (permit.number() > newest || isOfALaterWindow(reported)) {
            allowance = reported;
            newest = lastGranted;
        } else if (reported instanceof RemainingInWindow older
                && allowance instanceof RemainingInWindow newer
                && older.remaining() < newer.remaining()
                && !QuotaSanitizer.isOfThePast(quota, now)) {
            allowance = newer.with(older.remaining(), older.opens());
        }
    }

    private boolean isOfALaterWindow(QuotaAllowance reported) {
        return reported instanceof RemainingInWindow(long _, Instant later, Instant _, Instant _)
                && allowance instanceof RemainingInWindow(long _, Instant known, Instant _, Instant _)
                && later != null
                && known != null
                && later.isAfter(known);
    }

    /**
     * A request may have been counted although its answer did not say so. The last unit is kept, so that a request can
     * tell; of an empty bucket it was what had refilled, unless it was in flight when that one was empty.
     *
     * @param steadyUnit the time in which one unit refills, if the refill is steady; else null
     */
    void mayHaveCounted(Permit permit, long units, @Nullable Duration steadyUnit) {
        if (!(allowance instanceof RemainingInWindow window)) {
            return;
        }
        if (window.remaining() > 1) {
            allowance = window.with(Math.max(1, window.remaining() - units), window.opens());
        } else if (window.remaining() == 0 && steadyUnit != null && permit.number() > newest) {
            allowance = window.with(0, window.opens().plus(steadyUnit.multipliedBy(units)));
        }
    }

    /**
     * A request passed the API's limiter, and its answer did not report how many remain.
     *
     * @param then what that shows, if nothing else is known
     */
    void passed(Permit permit, QuotaAllowance then) {
        if (allowance instanceof Unknown && permit.number() > newest) {
            allowance = then;
        }
    }
}
