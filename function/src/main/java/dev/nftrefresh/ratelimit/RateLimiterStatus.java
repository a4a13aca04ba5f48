package dev.nftrefresh.ratelimit;

import dev.nftrefresh.ratelimit.QuotaAllowance.RemainingInWindow;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.TableItem;
import dev.nftrefresh.table.TableUnavailableException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the copies of the function know about the quota, for people to read.
 *
 * @param limit of the quota; null if no answer reported one
 * @param remaining of it, as last reported; null if that is no longer known
 * @param remainingToldAt when it was reported
 * @param reset when the quota's window ends, or the quota is full; null if that is not known
 * @param windowBegan when the quota was full last, if it refills all at once; null if that is not known
 * @param closedUntil until when nothing is sent; null if requests may be sent
 * @param tokensCount whether the quota counts tokens, and not requests
 * @param failuresInARow how many requests in a row the API failed to answer, or answered with 401
 * @param lastFailedAt the last one of these
 * @param lastAcceptedAt when a request was accepted last
 */
public record RateLimiterStatus(
        @Nullable Long limit,
        @Nullable Long remaining,
        @Nullable Instant remainingToldAt,
        @Nullable Instant reset,
        @Nullable Instant windowBegan,
        @Nullable Instant closedUntil,
        boolean tokensCount,
        int failuresInARow,
        @Nullable Instant lastFailedAt,
        @Nullable Instant lastAcceptedAt) {

    /** Reads the rate limiter's item; without one, or if it cannot be read, nothing is known. */
    public static RateLimiterStatus read(SharedTable table, QuotaUnit setting, Instant now, Duration timeout)
            throws TableUnavailableException {
        TableItem item = table.read(List.of(TableRateLimiter.KEY), timeout).get(TableRateLimiter.KEY);
        try {
            return of(ItemFields.of(item == null ? "" : item.content()), setting, now);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return of(new ItemFields(), setting, now);
        }
    }

    static RateLimiterStatus of(ItemFields fields, QuotaUnit setting, Instant now) {
        var longWaits = new LongWaitBackoff(fields);
        var profile = new QuotaProfile(fields);
        var failures = new ConsecutiveFailures(fields).health();
        RemainingInWindow window = QuotaAllowance.of(fields) instanceof RemainingInWindow reported
                        && reported.end().isAfter(now)
                ? reported
                : null;
        Instant exhausted = window != null && window.remaining() == 0 ? window.opens() : null;
        return new RateLimiterStatus(
                profile.limit(),
                window == null ? null : (Long) window.remaining(),
                window == null ? null : window.learnedAt(),
                after(now, window != null && window.reset() != null ? window.reset() : profile.reset()),
                began(profile),
                later(after(now, new ThrottleBackoff(longWaits, fields).closedUntil()), after(now, exhausted)),
                new QuotaUnitDetector(setting, fields).tokensCount(),
                failures.failuresInARow(),
                failures.lastFailed(),
                failures.lastAccepted());
    }

    private static @Nullable Instant began(QuotaProfile profile) {
        return profile.steadyUnit() != null || profile.reset() == null || profile.window() == null
                ? null
                : profile.reset().minus(profile.window());
    }

    private static @Nullable Instant after(Instant now, @Nullable Instant time) {
        return time != null && time.isAfter(now) ? time : null;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
