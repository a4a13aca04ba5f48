package dev.nftrefresh.local.simulation;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.local.api.StandInSettings;
import java.time.Duration;
import java.util.Objects;
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
 * @param refusedOf of so many tokens behind the live ones the API refuses one; 0: none
 * @param outage when each request goes wrong; null if none does because of the time
 */
record SimulationScenario(
        String name,
        StandInSettings api,
        SimulatedProducer producer,
        int copies,
        FaultRates troubles,
        Duration longest,
        @Nullable QuotaChange change,
        int refusedOf,
        @Nullable ApiOutage outage) {
    /** Of the whole stack, as the template has it. */
    static final double REQUESTS_PER_SECOND = 4;

    static final int LIVE_RESERVE_PERCENT = 20;

    static final Duration LATENCY = Duration.ofMillis(300);

    static final Duration TOKEN_INTERVAL = Duration.ofSeconds(10);

    SimulationScenario(
            String name,
            StandInSettings api,
            SimulatedProducer producer,
            int copies,
            FaultRates failureListener,
            Duration longest) {
        this(name, api, producer, copies, failureListener, longest, null, 0, null);
    }

    /** How far apart full requests lie that use up the quota evenly. */
    Duration requestInterval() {
        long limit = Objects.requireNonNull(api.limit());
        int cost = api.unit() == StandInQuotaUnit.TOKEN ? RefreshRequestLimits.TOKENS : 1;
        return api.window().multipliedBy(cost).dividedBy(limit);
    }

    /** The same, while this happens to the quota. */
    SimulationScenario with(QuotaChange what) {
        return new SimulationScenario(name, api, producer, copies, troubles, longest, what, refusedOf, outage);
    }

    /** The same, where of so many tokens behind the live ones the API refuses one. */
    SimulationScenario withRefusedOf(int tokens) {
        return new SimulationScenario(name, api, producer, copies, troubles, longest, change, tokens, outage);
    }

    /** The same, where each request goes wrong for a while. */
    SimulationScenario with(ApiOutage during) {
        return new SimulationScenario(name, api, producer, copies, troubles, longest, change, refusedOf, during);
    }
}
