package dev.nftrefresh.local.virtualtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Shows virtual time, or one that is off by as much. */
public final class VirtualClock extends Clock {
    private final VirtualTime time;
    private final Duration fast;

    /** A clock that shows so much more than it should. */
    public VirtualClock(VirtualTime time, Duration fast) {
        this.time = time;
        this.fast = fast;
    }

    @Override
    public Instant instant() {
        return time.now().plus(fast);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The model lives in UTC.");
    }
}
