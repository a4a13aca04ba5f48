package dev.nftrefresh.local.adversary;

import java.time.Duration;

/**
 * What a history may take at most, where its world is plain enough to say so more strictly than {@link EffortJudge} and {@link
 * SettlingTime} do for any.
 *
 * @param requests of the API
 * @param throttled of these
 * @param inTwoSeconds requests in any two seconds
 * @param receives of one message
 * @param repeatedRefusals of updates of which it was known that they are refused alone
 * @param liveWait of a good live update, until it is applied
 * @param liveCollection whose live updates are judged; {@link ApiTrouble#ALL} for those of each
 * @param expiredAge of an update that is given up because it is too old; where it is bounded, the history lasts until
 *     the updates that fail for ever are given up
 */
record HistoryBounds(
        long requests,
        long throttled,
        long inTwoSeconds,
        long receives,
        long repeatedRefusals,
        Duration liveWait,
        int liveCollection,
        Duration expiredAge) {
    private static final Duration UNBOUNDED = Duration.ofDays(1_000);

    /** What holds for any history is enough. */
    static final HistoryBounds NONE = new HistoryBounds(
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            UNBOUNDED,
            ApiTrouble.ALL,
            UNBOUNDED);

    HistoryBounds requests(long most) {
        return new HistoryBounds(
                most, throttled, inTwoSeconds, receives, repeatedRefusals, liveWait, liveCollection, expiredAge);
    }

    HistoryBounds throttled(long most) {
        return new HistoryBounds(
                requests, most, inTwoSeconds, receives, repeatedRefusals, liveWait, liveCollection, expiredAge);
    }

    HistoryBounds inTwoSeconds(long most) {
        return new HistoryBounds(
                requests, throttled, most, receives, repeatedRefusals, liveWait, liveCollection, expiredAge);
    }

    HistoryBounds receives(long most) {
        return new HistoryBounds(
                requests, throttled, inTwoSeconds, most, repeatedRefusals, liveWait, liveCollection, expiredAge);
    }

    HistoryBounds repeatedRefusals(long most) {
        return new HistoryBounds(
                requests, throttled, inTwoSeconds, receives, most, liveWait, liveCollection, expiredAge);
    }

    HistoryBounds liveWait(Duration longest) {
        return liveWait(ApiTrouble.ALL, longest);
    }

    HistoryBounds liveWait(int collection, Duration longest) {
        return new HistoryBounds(
                requests, throttled, inTwoSeconds, receives, repeatedRefusals, longest, collection, expiredAge);
    }

    HistoryBounds expiredAge(Duration oldest) {
        return new HistoryBounds(
                requests, throttled, inTwoSeconds, receives, repeatedRefusals, liveWait, liveCollection, oldest);
    }

    /** Whether the history lasts until the updates that fail for ever are given up. */
    boolean untilExpired() {
        return expiredAge.compareTo(UNBOUNDED) < 0;
    }
}
