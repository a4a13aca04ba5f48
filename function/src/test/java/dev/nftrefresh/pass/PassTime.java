package dev.nftrefresh.pass;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The time of passes in a test: it goes on only while a pass waits, so hours of waits take no time. */
final class PassTime extends Clock {
    private Instant now;

    PassTime(Instant begin) {
        now = begin;
    }

    void pass(Duration by) {
        now = now.plus(by);
    }

    /** What a pass starts is done at once; what it waits for in vain takes its time. */
    PassThreads threads() {
        return new PassThreads() {
            @Override
            public void start(Runnable work) {
                work.run();
            }

            @Override
            public <T> @Nullable T poll(BlockingQueue<T> from, Duration atMost) {
                T next = from.poll();
                if (next == null) {
                    pass(atMost.isPositive() ? atMost : Duration.ofNanos(1));
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
