package dev.nftrefresh.dispatch;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How a pass runs its requests in parallel and waits for them: in real time, or in a simulation's virtual time. */
public interface PassThreads extends AutoCloseable {
    /** Starts work in parallel to the pass. */
    void start(Runnable work);

    /** Takes the next element; null if none arrived within that time. */
    <T> @Nullable T poll(BlockingQueue<T> from, Duration timeout) throws InterruptedException;

    /** Ends the work that still runs. */
    @Override
    void close();

    /** Virtual threads, and real time. */
    static PassThreads inRealTime() {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        return new PassThreads() {
            @Override
            public void start(Runnable work) {
                threads.execute(work);
            }

            @Override
            public <T> @Nullable T poll(BlockingQueue<T> from, Duration timeout) throws InterruptedException {
                return from.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
            }

            @Override
            public void close() {
                threads.shutdownNow();
            }
        };
    }
}
