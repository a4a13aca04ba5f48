package dev.nftrefresh.dispatch;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How a pass lets its requests run beside it and waits for them: in real time, or in the time of a model. */
public interface PassThreads extends AutoCloseable {
    /** Starts work beside the pass. */
    void start(Runnable work);

    /** Takes the next element; null if none came within that time. */
    <T> @Nullable T poll(BlockingQueue<T> from, Duration timeout) throws InterruptedException;

    /** Ends what still runs. */
    @Override
    void close();

    /** Virtual threads, and the machine's own time. */
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
