package dev.nftrefresh.local.fates;

import dev.nftrefresh.local.fates.LoaderProcess.Call;
import java.util.concurrent.atomic.AtomicBoolean;

/** Kills the first process that makes so many calls, at the last of them. */
final class Death implements Mishap {
    private final int number;
    private final Moment when;
    private final AtomicBoolean happened = new AtomicBoolean();

    Death(int number, Moment when) {
        this.number = number;
        this.when = when;
    }

    /** What nobody catches. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(String when) {
            super(when);
        }
    }

    @Override
    public void at(Call call, Moment moment) {
        if (call.number() == number && moment == when && happened.compareAndSet(false, true)) {
            throw new Killed(this + ", " + call.name());
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
