package dev.nftrefresh.bulkload;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets one call fail, or the process die at it, or another invocation begin, before or after it took effect. */
final class FaultInjectingInterceptor implements ExternalServices.CallInterceptor {
    private final BulkCrashPropertyTest.CallFault misfortune;
    private final Runnable rival;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean struck = new AtomicBoolean();
    private volatile boolean dead;

    FaultInjectingInterceptor(BulkCrashPropertyTest.CallFault misfortune, Runnable rival) {
        this.misfortune = misfortune;
        this.rival = rival;
    }

    /** What nobody catches. */
    static final class SimulatedCrash extends Error {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void before(String call) throws IOException {
        if (dead) {
            throw new SimulatedCrash();
        }
        if (calls.incrementAndGet() == misfortune.call() && !misfortune.afterwards()) {
            strike(call);
        }
    }

    @Override
    public void after(String call) throws IOException {
        if (dead) {
            throw new SimulatedCrash();
        }
        if (misfortune.afterwards() && calls.get() == misfortune.call() && struck.compareAndSet(false, true)) {
            strike(call);
        }
    }

    private void strike(String call) throws IOException {
        switch (misfortune.kind()) {
            case CRASH -> {
                dead = true;
                throw new SimulatedCrash();
            }
            case FAILURE -> throw new IOException(call + " failed.");
            case RIVAL -> rival.run();
        }
    }
}
