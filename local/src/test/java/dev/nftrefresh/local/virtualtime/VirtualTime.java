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
 * Time that jumps to whatever comes next. Activities are threads of which only the one with the baton runs; it hands the
 * baton on when it waits. The thread that makes this object holds it first, and is an activity too.
 */
public final class VirtualTime implements AutoCloseable {
    /** Where every run begins. */
    public static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final Activity main = Activity.ofThisThread();
    private final PriorityQueue<Turn> turns = new PriorityQueue<>();
    private final Set<Activity> alive = new LinkedHashSet<>();
    private final Clock clock = new VirtualClock(this, Duration.ZERO);
    private volatile Instant now = START;
    private volatile Activity holder = main;
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;
    private long turnsGiven;

    /** An activity's next step; void if the activity was given another one since. */
    private record Turn(Instant at, long number, Activity activity) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
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
    public Activity current() {
        return holder;
    }

    /** Lets this run from now on, beside whoever runs. */
    public void start(Runnable work) {
        var activity = new Activity(self -> live(self, work));
        synchronized (this) {
            alive.add(activity);
            giveTurn(activity, now);
        }
        activity.start();
    }

    private void live(Activity self, Runnable work) {
        self.awaitBaton();
        try {
            if (!stopping) {
                work.run();
            }
        } catch (Stopped _) {
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
     * @throws Killed if the activity does not live that long
     */
    public void sleepUntil(Instant end) {
        Activity self = holder;
        Instant until = end.isBefore(self.end()) ? end : self.end();
        synchronized (this) {
            giveTurn(self, until.isBefore(now) ? now : until);
        }
        Activity next = next();
        if (next != self) {
            next.giveBaton();
            self.awaitBaton();
        }
        if (stopping) {
            throwFailure();
            throw new Stopped();
        }
        if (!now.isBefore(self.end())) {
            throw new Killed();
        }
    }

    /** Lets an activity that sleeps go on now; may be called by any thread. */
    public synchronized void wake(Activity sleeper) {
        giveTurn(sleeper, now);
    }

    /** Ends all other activities. */
    @Override
    public void close() {
        stopping = true;
        List<Activity> left;
        synchronized (this) {
            left = new ArrayList<>(alive);
        }
        left.forEach(Activity::giveBaton);
        left.forEach(Activity::join);
    }

    /** What an activity did not foresee is thrown where the run is driven. */
    private void throwFailure() {
        Throwable cause = failure;
        if (cause != null && holder == main) {
            failure = null;
            throw new IllegalStateException("An activity failed at " + now + ".", cause);
        }
    }

    private void ended(Activity activity) {
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

    private void giveTurn(Activity activity, Instant at) {
        activity.turn = turnsGiven++;
        turns.add(new Turn(at, activity.turn, activity));
    }

    private synchronized Activity next() {
        while (true) {
            Turn turn = turns.remove();
            if (turn.number() == turn.activity().turn) {
                now = turn.at();
                holder = turn.activity();
                return turn.activity();
            }
        }
    }
}
