package dev.nftrefresh.bulkload;

import java.time.Duration;

/** How long to wait before a file's settled tokens are counted again. */
public record RecountDelays(Duration shortest, Duration longest) {
    /**
     * Some 50 counts in ten hours, and one an hour after that: 400 in 14 days, before SQS would drop the notification.
     * No token is settled before its event is gathered.
     */
    public static final RecountDelays ON_LAMBDA = new RecountDelays(Duration.ofSeconds(5), Duration.ofHours(1));

    /** The requested pause, within these bounds. */
    Duration pause(Duration wanted) {
        if (wanted.compareTo(shortest) < 0) {
            return shortest;
        }
        return wanted.compareTo(longest) < 0 ? wanted : longest;
    }
}
