package dev.nftrefresh.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks every few milliseconds how much of the heap is in use, what is garbage but not collected yet included. */
final class PeakHeap implements AutoCloseable {
    private static final int EVERY_MILLISECONDS = 5;

    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong peak = new AtomicLong();

    private PeakHeap() {}

    /** From now until it is closed. */
    static PeakHeap watched() {
        var heap = new PeakHeap();
        var _ = heap.looks.scheduleAtFixedRate(heap::look, 0, EVERY_MILLISECONDS, TimeUnit.MILLISECONDS);
        return heap;
    }

    private void look() {
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        peak.accumulateAndGet(used, Math::max);
    }

    long bytes() {
        return peak.get();
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
