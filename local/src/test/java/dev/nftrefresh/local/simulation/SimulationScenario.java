package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.api.StandInSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run is set to.
 *
 * @param name what it shows
 * @param api how the API limits and how long it takes
 * @param producer what is queued
 * @param copies of the function at once
 * @param troubles what goes wrong
 * @param longest after so much virtual time a run ends, although something waits
 * @param change what happens to the quota meanwhile; null if nothing does
 */
record SimulationScenario(
        String name,
        StandInSettings api,
        SimulatedProducer producer,
        int copies,
        FaultRates troubles,
        Duration longest,
        @Nullable QuotaChange change) {
    /** Of the whole stack, as the template has it. */
    static final double REQUESTS_PER_SECOND = 4;

    static final int LIVE_RESERVE_PERCENT = 20;

    static final Duration LATENCY = Duration.ofMillis(300);

    SimulationScenario(
            String name,
            StandInSettings api,
            SimulatedProducer producer,
            int copies,
            FaultRates failureListener,
            Duration longest) {
        this(name, api, producer, copies, failureListener, longest, null);
    }

    /** The same, while this happens to the quota. */
    SimulationScenario with(QuotaChange what) {
        return new SimulationScenario(name, api, producer, copies, troubles, longest, what);
    }
}
