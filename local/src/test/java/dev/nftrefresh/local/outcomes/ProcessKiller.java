package dev.nftrefresh.local.outcomes;

import dev.nftrefresh.local.outcomes.LoaderProcess.ExternalCall;
import java.util.concurrent.atomic.AtomicBoolean;

/** Kills the first process that makes so many calls, at the last of them. */
final class ProcessKiller implements CallMishap {
    private final int number;
    private final CallMoment when;
    private final AtomicBoolean happened = new AtomicBoolean();

    ProcessKiller(int number, CallMoment when) {
        this.number = number;
        this.when = when;
    }

    /** An error that nothing catches. */
    static final class KilledError extends Error {
        private static final long serialVersionUID = 1;

        KilledError(String when) {
            super(when);
        }
    }

    @Override
    public void at(ExternalCall call, CallMoment moment) {
        if (call.number() == number && moment == when && happened.compareAndSet(false, true)) {
            throw new KilledError(this + ", " + call.name());
        }
    }

    boolean happened() {
        return happened.get();
    }

    @Override
    public String toString() {
        return "death " + when + " call " + number;
    }
}
