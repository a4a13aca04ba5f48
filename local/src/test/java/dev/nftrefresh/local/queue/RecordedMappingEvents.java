package dev.nftrefresh.local.queue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Records the events of a mapping, so that a test can wait for them. */
final class RecordedMappingEvents implements EventSourceMappingListener {
    final AtomicInteger received = new AtomicInteger();
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    final BlockingQueue<String> queueFailures = new LinkedBlockingQueue<>();

    @Override
    public void received(int messages) {
        received.addAndGet(messages);
    }

    @Override
    public void invoked(int messages, int failed) {
        ends.add(failed + " of " + messages + " failed");
    }

    @Override
    public void invocationFailed(int messages, String why, @Nullable Throwable cause) {
        ends.add("all " + messages + " failed: " + why);
    }

    @Override
    public void queueFailed(String why, @Nullable Throwable cause) {
        queueFailures.add(why);
    }

    static String next(BlockingQueue<String> queue) throws InterruptedException {
        String next = queue.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("The mapping reported nothing.");
        }
        return next;
    }

    String nextEnd() throws InterruptedException {
        return next(ends);
    }
}
