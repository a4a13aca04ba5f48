package dev.nftrefresh.local.virtualtime;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Something that happens in virtual time, beside others. */
public final class VirtualActivity {
    private final Thread thread;
    private volatile boolean baton;

    /** The number of its next turn; others that it was given are void. */
    long turn;
    /** It does not get beyond this. */
    private volatile Instant end = Instant.MAX;

    VirtualActivity(Consumer<VirtualActivity> life) {
        thread = Thread.ofVirtual().unstarted(() -> life.accept(this));
    }

    private VirtualActivity(Thread thread) {
        this.thread = thread;
    }

    static VirtualActivity ofThisThread() {
        return new VirtualActivity(Thread.currentThread());
    }

    /** Lets it end then, wherever it is; with {@link Instant#MAX} it lives on. */
    public void killAt(Instant time) {
        end = time;
    }

    Instant end() {
        return end;
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
