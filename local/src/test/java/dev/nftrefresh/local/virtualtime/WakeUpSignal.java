package dev.nftrefresh.local.virtualtime;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** Wakes those who wait for something to come. */
public final class WakeUpSignal {
    private final VirtualTime time;
    private final Set<VirtualActivity> waiting = new LinkedHashSet<>();

    /** Nobody waits yet. */
    public WakeUpSignal(VirtualTime time) {
        this.time = time;
    }

    /** Returns when it rings, or then. */
    public void await(Instant end) {
        VirtualActivity self = time.current();
        synchronized (this) {
            waiting.add(self);
        }
        try {
            time.sleepUntil(end);
        } finally {
            synchronized (this) {
                waiting.remove(self);
            }
        }
    }

    /** May be called by any thread. */
    public synchronized void ring() {
        waiting.forEach(time::wake);
        waiting.clear();
    }
}
