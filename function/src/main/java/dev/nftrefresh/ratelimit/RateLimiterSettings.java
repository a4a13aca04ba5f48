package dev.nftrefresh.ratelimit;

/**
 * The operator's settings for the rate limiter.
 *
 * @param maxRequestsPerSecond how many requests may be sent in any second, above 0, decimals allowed
 * @param quotaUnit what the quota counts
 * @param liveReservePercent of the quota that is kept for live updates while bulk waits, from 0 to 100
 * @param copies of the function that may run at once, from 1
 * @param sharesCalls whether live updates may wait for bulk calls: only where any request can include waiting updates
 */
public record RateLimiterSettings(
        double maxRequestsPerSecond, QuotaUnit quotaUnit, int liveReservePercent, int copies, boolean sharesCalls) {
    /** The default of {@code MaximumConcurrency}, ten, for each of two queues. */
    private static final int USUAL_COPIES = 20;

    /** Checks the settings. */
    public RateLimiterSettings {
        if (!(maxRequestsPerSecond > 0) || maxRequestsPerSecond == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "The requests a second must be a number above 0: " + maxRequestsPerSecond);
        }
        if (liveReservePercent < 0 || liveReservePercent > 100) {
            throw new IllegalArgumentException(
                    "The reserve for live updates must be from 0 to 100 percent: " + liveReservePercent);
        }
        if (copies < 1) {
            throw new IllegalArgumentException("The copies of the function must be at least 1: " + copies);
        }
    }

    /** With as many copies as a stack has by default. */
    public RateLimiterSettings(double maxRequestsPerSecond, QuotaUnit quotaUnit, int liveReservePercent) {
        this(maxRequestsPerSecond, quotaUnit, liveReservePercent, USUAL_COPIES, true);
    }

    /** The settings of one copy that knows nothing of the others: its share of the pace. */
    RateLimiterSettings ofOneCopy() {
        return new RateLimiterSettings(
                Math.max(maxRequestsPerSecond / copies, Double.MIN_VALUE),
                quotaUnit,
                liveReservePercent,
                copies,
                sharesCalls);
    }
}
