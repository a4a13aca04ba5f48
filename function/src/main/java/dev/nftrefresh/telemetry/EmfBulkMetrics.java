package dev.nftrefresh.telemetry;

import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Adds up what an invocation of the loader counts, and writes it at its end as one log line in CloudWatch's embedded
 * metric format. What is zero is left out: an alarm needs no zeros.
 */
public final class EmfBulkMetrics implements BulkMetrics {
    private final EmfLogWriter line;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();

    /** Metrics of this function, written to this stream with these times. */
    public EmfBulkMetrics(String functionName, PrintStream out, Clock clock) {
        this.line = new EmfLogWriter(functionName, out, clock);
    }

    @Override
    public void fileDone() {
        done.incrementAndGet();
    }

    @Override
    public void fileFailed() {
        failed.incrementAndGet();
    }

    @Override
    public void tokens(long queuedMore, long rejectedMore) {
        queued.addAndGet(queuedMore);
        rejected.addAndGet(rejectedMore);
    }

    @Override
    public void loadError() {
        errors.incrementAndGet();
    }

    @Override
    public void flush() {
        List<EmfMetricValue> values = List.of(
                taken("BulkFilesLoaded", done),
                taken("BulkFilesFailed", failed),
                taken("BulkTokensQueued", queued),
                taken("BulkTokensRejected", rejected),
                taken("BulkLoadErrors", errors));
        List<EmfMetricValue> counted =
                values.stream().filter(value -> value.value() != 0).toList();
        if (!counted.isEmpty()) {
            line.write(counted);
        }
    }

    private static EmfMetricValue taken(String title, AtomicLong count) {
        return new EmfMetricValue(title, (double) count.getAndSet(0), EmfMetricUnit.COUNT);
    }
}
