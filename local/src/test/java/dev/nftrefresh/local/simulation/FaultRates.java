package dev.nftrefresh.local.simulation;

import java.util.random.RandomGenerator;

/**
 * How often something goes wrong, from 0 to 1.
 *
 * @param throttledInFront a request gets a 429 of the limiter in front of the API, which reports no quota
 * @param failed a request gets a 500, and nothing is applied
 * @param unavailable a request gets a 503 of a proxy; half of those are applied
 * @param timedOut a request gets no answer in time; half of those are applied, some of them late
 * @param cut a request's connection is cut; half of those are applied, some of them late
 * @param crashed an invocation crashes in the middle
 * @param tableFailed a call of the table fails; half of those that write are applied
 * @param deliveredTwice a message comes a second time while it is in flight, or after it was deleted
 */
record FaultRates(
        double throttledInFront,
        double failed,
        double unavailable,
        double timedOut,
        double cut,
        double crashed,
        double tableFailed,
        double deliveredTwice) {
    static final FaultRates NONE = new FaultRates(0, 0, 0, 0, 0, 0, 0, 0);
    static final FaultRates CHAOS = new FaultRates(0.05, 0.03, 0.03, 0.04, 0.08, 0.10, 0, 0.03);
    static final FaultRates CHAOS_IN_THE_TABLE_TOO = new FaultRates(0.05, 0.03, 0.03, 0.04, 0.08, 0.10, 0.01, 0.03);

    enum RequestFault {
        NONE,
        THROTTLED_IN_FRONT,
        FAILED,
        UNAVAILABLE,
        TIMED_OUT,
        CUT
    }

    RequestFault ofRequest(RandomGenerator random) {
        double drawn = random.nextDouble();
        double[] chances = {throttledInFront, failed, unavailable, timedOut, cut};
        for (int i = 0; i < chances.length; i++) {
            drawn -= chances[i];
            if (drawn < 0) {
                return RequestFault.values()[i + 1];
            }
        }
        return RequestFault.NONE;
    }
}
