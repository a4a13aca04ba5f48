package dev.nftrefresh.operator;

import java.util.concurrent.CountDownLatch;

/** Lets a command end cleanly when Ctrl-C, or a kill, ends this JVM; the exit status is then the signal's. */
public final class InterruptSignal implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean interrupted;
    private volatile Runnable stop = () -> {};

    private InterruptSignal() {
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

    /**
     * From now until {@link #close()} the JVM waits for that close before it ends. It comes after all that is to be
     * done.
     */
    public static InterruptSignal awaited() {
        var interruption = new InterruptSignal();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Runs this, which ends the command early, when the JVM is interrupted; at once if it was already. */
    public void calls(Runnable stopping) {
        stop = stopping;
        if (interrupted) {
            stopping.run();
        }
    }

    /** Whether the JVM was interrupted. */
    public boolean happened() {
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
