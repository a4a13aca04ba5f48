package dev.nftrefresh.ledger;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Code on a thread of its own that goes on only when it is told to, from one stop to the next. Of several only one ever
 * runs, so that whoever tells them decides in which order everything happens, and it happens so each time.
 */
final class StepwiseThread {
    private final Runnable code;
    private final Semaphore mayGo = new Semaphore(0);
    private final Semaphore stands = new Semaphore(0);
    private boolean begun;
    private volatile boolean over;
    private volatile @Nullable Throwable failure;

    StepwiseThread(Runnable code) {
        this.code = code;
    }

    /** Ends the code where it stands: its copy of the function is no more. */
    static final class SimulatedCrash extends RuntimeException {
        private static final long serialVersionUID = 1;

        SimulatedCrash() {
            super("The copy crashed.", null, false, false);
        }
    }

    /** Runs to the next stop, or to the end. */
    void goOn() {
        if (begun) {
            mayGo.release();
        } else {
            begun = true;
            Thread.ofVirtual().start(this::run);
        }
        stands.acquireUninterruptibly();
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
            // Nobody hears of it.
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            over = true;
            stands.release();
        }
    }

    /** Called by the code: waits until it may go on. */
    void stop() {
        stands.release();
        mayGo.acquireUninterruptibly();
    }
}
