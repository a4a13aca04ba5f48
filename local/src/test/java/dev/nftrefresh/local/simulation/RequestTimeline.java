package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.virtualtime.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counts the requests of each minute of virtual time, and keeps what waited and what was left of the quota at its end. */
final class RequestTimeline {
    /**
     * One minute.
     *
     * @param waiting updates that were not accepted yet
     * @param remaining of the quota; -1 while no answer told
     */
    record TimelineMinute(int minute, int requests, int throttled, int waiting, long remaining) {
        private TimelineMinute next() {
            return new TimelineMinute(minute + 1, 0, 0, waiting, remaining);
        }

        private TimelineMinute with(int status, int nowWaiting, long nowRemaining) {
            return new TimelineMinute(
                    minute,
                    requests + 1,
                    throttled + (status == 429 ? 1 : 0),
                    nowWaiting,
                    nowRemaining < 0 ? remaining : nowRemaining);
        }
    }

    private final List<TimelineMinute> minutes = new ArrayList<>();

    /**
     * A request ended.
     *
     * @param remaining of the quota; -1 where it was not asked
     */
    void ended(Instant now, int status, int waiting, long remaining) {
        int minute = (int) Duration.between(VirtualTime.START, now).toMinutes();
        if (minutes.isEmpty()) {
            minutes.add(new TimelineMinute(0, 0, 0, waiting, -1));
        }
        while (minutes.getLast().minute() < minute) {
            minutes.add(minutes.getLast().next());
        }
        minutes.set(minutes.size() - 1, minutes.getLast().with(status, waiting, remaining));
    }

    /** From the first minute to that of the last request. */
    List<TimelineMinute> minutes() {
        return List.copyOf(minutes);
    }
}
