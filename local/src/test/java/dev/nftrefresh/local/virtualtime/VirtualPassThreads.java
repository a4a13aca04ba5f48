package dev.nftrefresh.local.virtualtime;

import dev.nftrefresh.dispatch.PassThreads;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Each request of a pass as an activity. Those in flight when a copy crashes continue alone: what was sent may still be
 * applied.
 */
public final class VirtualPassThreads implements PassThreads {
    private final VirtualTime time;
    private @Nullable VirtualActivity waiting;

    /** Of one pass. */
    public VirtualPassThreads(VirtualTime time) {
        this.time = time;
    }

    @Override
    public void start(Runnable work) {
        time.start(() -> {
            work.run();
            if (waiting != null) {
                time.wake(waiting);
            }
        });
    }

    @Override
    public <T> @Nullable T poll(BlockingQueue<T> from, Duration timeout) {
        if (from.isEmpty()) {
            waiting = time.current();
            try {
                time.sleep(timeout);
            } finally {
                waiting = null;
            }
        }
        return from.poll();
    }

    @Override
    public void close() {
        // Nobody waits for them any more.
    }
}
