package dev.nftrefresh.ratelimit;

/**
 * What an operator sets for the gate.
 *
 * @param maxRequestsPerSecond how many requests may go in any second, above 0, decimals allowed
 * @param quotaUnit what the quota counts
 * @param liveReservePercent of the quota is kept for live updates while bulk ones wait, from 0 to 100
 * @param copies of the function that there may be at once, from 1
 * @param sharesCalls whether live updates may wait for bulk's calls: only where updates that wait can go along with any request
 */
public record RateLimiterSettings(
        double maxRequestsPerSecond, QuotaUnit quotaUnit, int liveReservePercent, int copies, boolean sharesCalls) {
    /** Of a stack with the default for {@code MaximumConcurrency}: ten for each of two queues. */
    private static final int USUAL_COPIES = 20;

    /** Settings that make sense. */
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

    /** What is left for one copy that knows nothing of the others: its part of the pace. */
    RateLimiterSettings ofOneCopy() {
        return new RateLimiterSettings(
                Math.max(maxRequestsPerSecond / copies, Double.MIN_VALUE),
                quotaUnit,
                liveReservePercent,
                copies,
                sharesCalls);
    }
}
