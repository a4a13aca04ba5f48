package dev.nftrefresh.local.simulation;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Something that happens in virtual time, beside others. */
final class Activity {
    private final Thread thread;
    private volatile boolean baton;

    /** The number of its next turn; others that it was given are void. */
    long turn;
    /** It does not get beyond this. */
    Instant killedAt = Instant.MAX;

    Activity(Consumer<Activity> life) {
        thread = Thread.ofVirtual().unstarted(() -> life.accept(this));
    }

    private Activity(Thread thread) {
        this.thread = thread;
    }

    static Activity ofThisThread() {
        return new Activity(Thread.currentThread());
    }

    void start() {
        thread.start();
    }

    void giveBaton() {
        baton = true;
        LockSupport.unpark(thread);
    }

    void awaitBaton() {
        while (!baton) {
            LockSupport.park(this);
        }
        baton = false;
    }

    void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
