package dev.nftrefresh.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The clock of passes in a test: it advances only while a pass waits, so hours of waits take no time. */
final class PassClock extends Clock {
    private Instant now;

    PassClock(Instant begin) {
        now = begin;
    }

    void pass(Duration by) {
        now = now.plus(by);
    }

    /** What a pass starts is done at once; a wait that times out advances the clock. */
    PassThreads threads() {
        return new PassThreads() {
            @Override
            public void start(Runnable work) {
                work.run();
            }

            @Override
            public <T> @Nullable T poll(BlockingQueue<T> from, Duration timeout) {
                T next = from.poll();
                if (next == null) {
                    pass(timeout.isPositive() ? timeout : Duration.ofNanos(1));
                }
                return next;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Instants have no zone.");
    }
}
