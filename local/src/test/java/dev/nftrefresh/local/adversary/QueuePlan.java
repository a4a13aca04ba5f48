package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the queues and the stack are like.
 *
 * @param percentTwice messages that are delivered once more, possibly while they are processed
 * @param percentUndeleted deletes that fail
 * @param percentUnseen receives whose messages no invocation sees
 * @param percentFailing calls of SQS that fail, or whose answer is lost
 * @param pauses when no events are read
 * @param reconfigured when the stack is deployed with other parameters; null if it never is
 * @param redriven when the dead letters are put back into the queue; null if they never are
 */
record QueuePlan(
        int percentTwice,
        int percentUndeleted,
        int percentUnseen,
        int percentFailing,
        List<HistoryPeriod> pauses,
        @Nullable Duration redriven,
        @Nullable Duration reconfigured) {
    /** Nothing goes wrong with them. */
    static final QueuePlan STEADY = new QueuePlan(0, 0, 0, 0, List.of(), null, null);

    static QueuePlan drawn(ChoiceSequence choices) {
        return new QueuePlan(
                choices.weighted(2, 1) == 0 ? 0 : choices.between(1, 20),
                choices.weighted(3, 1) == 0 ? 0 : choices.between(1, 30),
                choices.weighted(3, 1) == 0 ? 0 : choices.between(1, 20),
                choices.weighted(3, 1) == 0 ? 0 : choices.between(1, 30),
                choices.weighted(4, 1) == 0
                        ? List.of()
                        : choices.listOf(0, 2, each -> HistoryPeriod.drawn(each, Duration.ofDays(4))),
                choices.weighted(5, 1) == 0 ? null : Duration.ofHours(choices.oneOf(0, 3, 30, 20 * 24)),
                choices.weighted(5, 1) == 0 ? null : HistoryPeriod.duration(choices, Duration.ofHours(6)));
    }
}
