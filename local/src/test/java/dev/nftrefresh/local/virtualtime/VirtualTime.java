package dev.nftrefresh.local.virtualtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Time that jumps to whatever comes next. Activities are threads of which only the one with the baton runs; it hands
 * the baton on when it waits. The thread that makes this object holds it first, and is an activity too.
 */
public final class VirtualTime implements AutoCloseable {
    /** Where every run begins. */
    public static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final VirtualActivity main = VirtualActivity.ofThisThread();
    private final PriorityQueue<ActivityTurn> turns = new PriorityQueue<>();
    private final Set<VirtualActivity> alive = new LinkedHashSet<>();
    private final Clock clock = new VirtualClock(this, Duration.ZERO);
    private volatile Instant now = START;
    private volatile VirtualActivity holder = main;
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;
    private long turnsGiven;

    /** An activity's next step; void if the activity was given another one since. */
    private record ActivityTurn(Instant at, long number, VirtualActivity activity) implements Comparable<ActivityTurn> {
        @Override
        public int compareTo(ActivityTurn other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    public Instant now() {
        return now;
    }

    public Clock clock() {
        return clock;
    }

    /** The activity that runs now. */
    public VirtualActivity current() {
        return holder;
    }

    /** Starts this in parallel to the running activities. */
    public void start(Runnable work) {
        var activity = new VirtualActivity(self -> live(self, work));
        synchronized (this) {
            alive.add(activity);
            giveTurn(activity, now);
        }
        activity.start();
    }

    private void live(VirtualActivity self, Runnable work) {
        self.awaitBaton();
        try {
            if (!stopping) {
                work.run();
            }
        } catch (ActivityStoppedError _) {
            // The run is over.
        } catch (RuntimeException | Error e) {
            failure = e;
            stopping = true;
        } finally {
            ended(self);
        }
    }

    public void sleep(Duration time) {
        sleepUntil(now.plus(time));
    }

    /**
     * Returns then, or earlier if somebody wakes the activity.
     *
     * @throws ActivityKilledError if the activity does not live that long
     */
    public void sleepUntil(Instant end) {
        VirtualActivity self = holder;
        Instant until = end.isBefore(self.end()) ? end : self.end();
        synchronized (this) {
            giveTurn(self, until.isBefore(now) ? now : until);
        }
        VirtualActivity next = next();
        if (next != self) {
            next.giveBaton();
            self.awaitBaton();
        }
        if (stopping) {
            throwFailure();
            throw new ActivityStoppedError();
        }
        if (!now.isBefore(self.end())) {
            throw new ActivityKilledError();
        }
    }

    /** Lets a sleeping activity continue now; may be called by any thread. */
    public synchronized void wake(VirtualActivity sleeper) {
        giveTurn(sleeper, now);
    }

    /** Ends all other activities. */
    @Override
    public void close() {
        stopping = true;
        List<VirtualActivity> left;
        synchronized (this) {
            left = new ArrayList<>(alive);
        }
        left.forEach(VirtualActivity::giveBaton);
        left.forEach(VirtualActivity::join);
    }

    /** What an activity did not foresee is thrown where the run is driven. */
    private void throwFailure() {
        Throwable cause = failure;
        if (cause != null && holder == main) {
            failure = null;
            throw new IllegalStateException("An activity failed at " + now + ".", cause);
        }
    }

    private void ended(VirtualActivity activity) {
        synchronized (this) {
            alive.remove(activity);
        }
        if (failure != null) {
            holder = main;
            main.giveBaton();
        } else if (!stopping) {
            next().giveBaton();
        }
    }

    private void giveTurn(VirtualActivity activity, Instant at) {
        activity.turn = turnsGiven++;
        turns.add(new ActivityTurn(at, activity.turn, activity));
    }

    private synchronized VirtualActivity next() {
        while (true) {
            ActivityTurn portionIndex = turns.remove();
            if (portionIndex.number() == portionIndex.activity().turn) {
                now = portionIndex.at();
                holder = portionIndex.activity();
                return portionIndex.activity();
            }
        }
    }
}
