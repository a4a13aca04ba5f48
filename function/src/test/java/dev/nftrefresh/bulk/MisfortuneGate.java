package dev.nftrefresh.bulk;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets one call fail, or the process die at it, before or after it took effect. */
final class MisfortuneGate implements Outside.Gate {
    private final BulkCrashPropertyTest.Misfortune misfortune;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean dead;

    MisfortuneGate(BulkCrashPropertyTest.Misfortune misfortune) {
        this.misfortune = misfortune;
    }

    /** What nobody catches. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void before(String call) throws IOException {
        if (dead) {
            throw new Died();
        }
        if (calls.incrementAndGet() == misfortune.call() && !misfortune.afterwards()) {
            strike(call);
        }
    }

    @Override
    public void after(String call) throws IOException {
        if (dead) {
            throw new Died();
        }
        if (calls.get() == misfortune.call() && misfortune.afterwards()) {
            strike(call);
        }
    }

    private void strike(String call) throws IOException {
        if (misfortune.crash()) {
            dead = true;
            throw new Died();
        }
        throw new IOException(call + " failed.");
    }
}
