package dev.nftrefresh.telemetry;

/** Where the loader of bulk files counts what it does. */
public interface BulkMetrics {
    /** Counts nothing. */
    BulkMetrics NONE = new BulkMetrics() {
        @Override
        public void fileDone() {}

        @Override
        public void fileFailed() {}

        @Override
        public void tokens(long queued, long rejected) {}

        @Override
        public void loadError() {}
    };

    /** A file was loaded to its end. */
    void fileDone();

    /** A file cannot be loaded, or not to its end. */
    void fileFailed();

    /** So many tokens went into the queue, and so many were refused. What a crash repeats is counted once. */
    void tokens(long queued, long rejected);

    /** Another service failed, and the load continues later. */
    void loadError();

    /** An invocation ends: who gathers counts writes them now. */
    default void flush() {}
}
