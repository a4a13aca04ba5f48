package dev.nftrefresh.operator.status;

import java.time.Duration;
import java.time.Instant;

/** When a queue's backlog will be through, if the next hours are like the last one. */
sealed interface BacklogForecast {
    /** Beyond this a forecast means nothing: SQS deletes after 14 days. */
    Duration LONGEST = Duration.ofDays(14);

    /** An event takes up to 10,000, so that so many are one request or two, once it may go. */
    int FEW = 100;

    /** Nothing waits. */
    record Empty() implements BacklogForecast {}

    /** Nothing is done while the stack is paused. */
    record Paused() implements BacklogForecast {}

    /** The last hour shows nothing: no message was done in it, or there is no metric. */
    record Unknown() implements BacklogForecast {}

    /** So few that the rate says nothing: it is that at which they came, and not that at which they could be done. */
    record Few() implements BacklogForecast {}

    /** More than 14 days away. */
    record OutOfReach() implements BacklogForecast {}

    /**
     * What waits now is through then.
     *
     * @param growing whether more messages arrive than are done
     */
    record Through(Instant at, boolean growing) implements BacklogForecast {}

    static BacklogForecast of(QueueStatus queue, boolean paused, Instant now) {
        if (queue.messages() == 0) {
            return new Empty();
        }
        if (paused) {
            return new Paused();
        }
        Long done = queue.doneInLastHour();
        if (done == null || done == 0) {
            return new Unknown();
        }
        if (queue.messages() <= FEW) {
            return new Few();
        }
        double hours = (double) queue.messages() / done;
        if (hours > LONGEST.toHours()) {
            return new OutOfReach();
        }
        Long arrived = queue.arrivedInLastHour();
        return new Through(now.plusSeconds(Math.round(hours * 3600)), arrived != null && arrived > done);
    }
}
