package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ratelimit.QuotaAllowance.RemainingInWindow;
import dev.nftrefresh.ratelimit.QuotaAllowance.Unbounded;
import dev.nftrefresh.ratelimit.QuotaAllowance.Unknown;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.table.ItemFields;
import java.time.Instant;

/** What the answers taught of what remains, although they do not come in the order in which their requests went. */
final class QuotaAllowanceTracker {
    private static final String NEWEST = "allowance.newest";

    private QuotaAllowance allowance;
    /**
     * Answers to requests up to this one may only lower what is known. Those are all that were under way when it was
     * learned: the API counts requests in the order in which they reach it, which is not the order in which they went.
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

    /** What was learned holds no longer, nor does what requests granted up to this one will tell. */
    void reset(long lastGranted) {
        allowance = new Unknown();
        newest = lastGranted;
    }

    /** A request was accepted, and this came with it, when so many had been granted. */
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

    /** A request may have been counted although its answer did not say so. The last unit is left: it will tell. */
    void mayHaveCounted(long units) {
        if (allowance instanceof RemainingInWindow window && window.remaining() > 1) {
            allowance = window.with(Math.max(1, window.remaining() - units), window.opens());
        }
    }

    /** A request passed the limiter, and how many remain it did not tell. */
    void passed(Permit permit) {
        if (allowance instanceof Unknown && permit.number() > newest) {
            allowance = new Unbounded();
        }
    }
}
