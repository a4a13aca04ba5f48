package dev.nftrefresh.operator.letters;

import java.util.concurrent.CountDownLatch;

/** Lets a command come to its end when Ctrl-C, or a kill, ends this JVM; the exit status is then the signal's. */
final class InterruptSignal implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::await);
    private volatile boolean happened;

    private InterruptSignal() {}

    /** From now until {@link #close()} the JVM waits for that close before it ends. */
    static InterruptSignal awaited() {
        var interruption = new InterruptSignal();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void await() {
        happened = true;
        try {
            finished.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    boolean happened() {
        return happened;
    }

    @Override
    public void close() {
        finished.countDown();
        if (!happened) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // The JVM began to end just now: the hook finds that the command has finished.
            }
        }
    }
}
