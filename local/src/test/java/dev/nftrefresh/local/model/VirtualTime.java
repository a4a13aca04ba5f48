package dev.nftrefresh.local.model;

import dev.nftrefresh.pass.PassThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when everybody waits: it then jumps to the next moment for which somebody does. Each activity is
 * a thread, of which one runs at a time, so that a run is the same each time, and hours take seconds.
 */
public final class VirtualTime {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final PriorityQueue<Wake> wakes =
            new PriorityQueue<>(Comparator.comparing(Wake::at).thenComparingLong(Wake::order));
    private final Semaphore yielded = new Semaphore(0);
    private final List<Polling> polling = new ArrayList<>();
    private Instant now = START;
    private long order;
    private @Nullable Activity current;
    private @Nullable Throwable failure;

    private static final class Activity {
        final Semaphore baton = new Semaphore(0);
        long wake = -1;
    }

    private record Wake(Instant at, long order, Activity activity) {}

    private record Polling(Activity activity, BlockingQueue<?> queue) {}

    Instant now() {
        return now;
    }

    /** The clock that the function is given. */
    public Clock clock() {
        return new Clock() {
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
                return this;
            }
        };
    }

    /** Starts an activity; it begins when the current one waits. */
    public void start(Runnable body) {
        var activity = new Activity();
        Thread.ofVirtual().start(() -> {
            activity.baton.acquireUninterruptibly();
            try {
                body.run();
            } catch (Throwable e) {
                failure = e;
            } finally {
                yielded.release();
            }
        });
        schedule(activity, now);
    }

    /** Waits. */
    public void sleep(Duration time) {
        Activity me = running();
        schedule(me, now.plus(time));
        pass(me);
    }

    /** How a pass waits in this time. */
    PassThreads passThreads() {
        return new PassThreads() {
            @Override
            public void start(Runnable work) {
                VirtualTime.this.start(work);
            }

            @Override
            public <T> @Nullable T poll(BlockingQueue<T> from, Duration atMost) {
                return VirtualTime.this.poll(from, atMost);
            }

            @Override
            public void close() {}
        };
    }

    private <T> @Nullable T poll(BlockingQueue<T> from, Duration atMost) {
        Instant end = now.plus(atMost);
        while (true) {
            T element = from.poll();
            if (element != null || !now.isBefore(end)) {
                return element;
            }
            Activity me = running();
            var waiting = new Polling(me, from);
            polling.add(waiting);
            schedule(me, end);
            pass(me);
            polling.remove(waiting);
        }
    }

    /** Lets time pass until this holds or nobody waits for anything; asked after each step. */
    void runUntil(BooleanSupplier end) {
        while (!end.getAsBoolean()) {
            Wake wake = wakes.poll();
            if (wake == null) {
                return;
            }
            if (wake.order != wake.activity.wake) {
                continue; // it was woken before
            }
            now = wake.at.isAfter(now) ? wake.at : now;
            current = wake.activity;
            wake.activity.baton.release();
            yielded.acquireUninterruptibly();
            if (failure != null) {
                throw new AssertionError("An activity of the model failed at " + now, failure);
            }
            for (Polling waiting : polling) {
                if (!waiting.queue.isEmpty()) {
                    schedule(waiting.activity, now);
                }
            }
        }
    }

    private Activity running() {
        if (current == null) {
            throw new IllegalStateException("Only an activity can wait.");
        }
        return current;
    }

    private void schedule(Activity activity, Instant at) {
        activity.wake = order++;
        wakes.add(new Wake(at, activity.wake, activity));
    }

    private void pass(Activity me) {
        yielded.release();
        me.baton.acquireUninterruptibly();
    }
}
