package dev.nftrefresh.local.flow;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the next of several messages is due, so many a second. Not for several threads. */
public final class SendingRate {
    /**
     * So far the messages may be behind and still be caught up with, which makes up for waits that last a little too long.
     * After a longer hold-up, such as a machine that slept, the rate goes on from there: nobody wants that hour's messages
     * at once.
     */
    private static final Duration CAUGHT_UP = Duration.ofSeconds(1);

    private final Duration interval;
    private @Nullable Instant due;

    private SendingRate(Duration interval) {
        this.interval = interval;
    }

    /** One message each so often. */
    public static SendingRate every(Duration interval) {
        return new SendingRate(interval);
    }

    /** How long until the next message is due; zero if it is due now, as the first one always is. */
    Duration untilNext(Instant now) {
        return due == null || !now.isBefore(due) ? Duration.ZERO : Duration.between(now, due);
    }

    /** A message went now. */
    void sent(Instant now) {
        Instant earliest = now.minus(CAUGHT_UP);
        due = (due == null ? now : due.isBefore(earliest) ? earliest : due).plus(interval);
    }
}
