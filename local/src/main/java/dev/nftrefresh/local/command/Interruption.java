package dev.nftrefresh.local.command;

import java.util.concurrent.CountDownLatch;

/** Lets a command end cleanly when Ctrl-C, or a kill, ends this JVM; the exit status is then the signal's. */
final class Interruption implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean interrupted;

    private Interruption(Runnable stop) {
        hook = new Thread(() -> {
            interrupted = true;
            stop.run();
            try {
                finished.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** From now until {@link #close()}, the JVM runs {@code stop} and waits for that close before it ends. */
    static Interruption calls(Runnable stop) {
        var interruption = new Interruption(stop);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    boolean happened() {
        return interrupted;
    }

    @Override
    public void close() {
        finished.countDown();
        if (!interrupted) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // The JVM began to end just now: the hook finds that the command has finished.
            }
        }
    }
}
