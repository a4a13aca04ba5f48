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
 */
record Bounds(
        long requests, long throttled, long inTwoSeconds, long receives, long repeatedRefusals, Duration liveWait) {
    /** What holds for any history is enough. */
    static final Bounds NONE = new Bounds(
            Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(1_000));

    Bounds requests(long most) {
        return new Bounds(most, throttled, inTwoSeconds, receives, repeatedRefusals, liveWait);
    }

    Bounds throttled(long most) {
        return new Bounds(requests, most, inTwoSeconds, receives, repeatedRefusals, liveWait);
    }

    Bounds inTwoSeconds(long most) {
        return new Bounds(requests, throttled, most, receives, repeatedRefusals, liveWait);
    }

    Bounds receives(long most) {
        return new Bounds(requests, throttled, inTwoSeconds, most, repeatedRefusals, liveWait);
    }

    Bounds repeatedRefusals(long most) {
        return new Bounds(requests, throttled, inTwoSeconds, receives, most, liveWait);
    }

    Bounds liveWait(Duration longest) {
        return new Bounds(requests, throttled, inTwoSeconds, receives, repeatedRefusals, longest);
    }
}
