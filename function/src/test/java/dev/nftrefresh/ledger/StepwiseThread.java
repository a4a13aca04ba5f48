package dev.nftrefresh.ledger;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Code on a thread of its own that runs only on request, from one stop to the next. Only one of several such threads
 * ever runs, so that the test decides the order of all events, and it is the same each time.
 */
final class StepwiseThread {
    private final Runnable code;
    private final Semaphore resumed = new Semaphore(0);
    private final Semaphore stopped = new Semaphore(0);
    private boolean begun;
    private volatile boolean over;
    private volatile @Nullable Throwable failure;

    StepwiseThread(Runnable code) {
        this.code = code;
    }

    /** Ends the code where it is: its copy of the function has crashed. */
    static final class SimulatedCrash extends RuntimeException {
        private static final long serialVersionUID = 1;

        SimulatedCrash() {
            super("The copy crashed.", null, false, false);
        }
    }

    /** Runs to the next stop, or to the end. */
    void goOn() {
        if (begun) {
            resumed.release();
        } else {
            begun = true;
            Thread.ofVirtual().start(this::run);
        }
        stopped.acquireUninterruptibly();
        if (failure != null) {
            throw new AssertionError("It ended unexpectedly.", failure);
        }
    }

    boolean isOver() {
        return over;
    }

    private void run() {
        try {
            code.run();
        } catch (SimulatedCrash _) {
            // Its answer is lost.
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            over = true;
            stopped.release();
        }
    }

    /** Called by the code: waits until it may continue. */
    void stop() {
        stopped.release();
        resumed.acquireUninterruptibly();
    }
}
