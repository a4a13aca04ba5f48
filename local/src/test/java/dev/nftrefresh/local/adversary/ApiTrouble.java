package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;

/**
 * A time in which the API misbehaves.
 *
 * @param collection whose requests are answered so; none if all are
 * @param percent of those requests
 * @param answers after so many it is over, however long it could last
 */
record ApiTrouble(OddAnswer answer, HistoryPeriod period, int collection, int percent, int answers) {
    static final int ALL = -1;
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    static ApiTrouble drawn(ChoiceSequence choices, int collections) {
        OddAnswer answer = choices.oneOf(OddAnswer.values());
        int answers = choices.chance(1, 2) ? UNBOUNDED : choices.between(1, 3);
        HistoryPeriod period =
                HistoryPeriod.drawn(choices, answers == UNBOUNDED ? Duration.ofDays(4) : Duration.ofHours(6));
        return new ApiTrouble(
                answer, period, choices.between(ALL, collections - 1), choices.oneOf(100, 10, 50), answers);
    }

    boolean concerns(int requested, Duration at) {
        return period.contains(at) && (collection == ALL || collection == requested);
    }
}
