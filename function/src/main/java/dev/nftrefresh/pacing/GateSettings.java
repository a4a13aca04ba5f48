package dev.nftrefresh.pacing;

/**
 * What an operator sets for the gate.
 *
 * @param maxRequestsPerSecond how many requests may go in any second, above 0, decimals allowed
 * @param quotaUnit what the quota counts
 */
public record GateSettings(double maxRequestsPerSecond, QuotaUnit quotaUnit) {
    /** Settings that make sense. */
    public GateSettings {
        if (!(maxRequestsPerSecond > 0) || maxRequestsPerSecond == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "The requests a second must be a number above 0: " + maxRequestsPerSecond);
        }
    }
}
