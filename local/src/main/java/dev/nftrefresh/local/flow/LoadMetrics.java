package dev.nftrefresh.local.flow;

import dev.nftrefresh.telemetry.BulkMetrics;
import java.util.concurrent.atomic.LongAdder;

/** What the loader of bulk files did so far. */
public final class LoadMetrics implements BulkMetrics {
    private final LongAdder files = new LongAdder();
    private final LongAdder tokens = new LongAdder();

    @Override
    public void fileDone() {
        files.increment();
    }

    @Override
    public void fileFailed() {
        files.increment();
    }

    @Override
    public void tokens(long queued, long rejected) {
        tokens.add(queued + rejected);
    }

    @Override
    public void loadError() {
        // The loader's log says what failed, and the load continues.
    }

    /** Whether the outcome of a file is reported. */
    public boolean hasEnded() {
        return files.sum() > 0;
    }

    /** Tokens that were queued or refused. */
    public long tokens() {
        return tokens.sum();
    }
}
