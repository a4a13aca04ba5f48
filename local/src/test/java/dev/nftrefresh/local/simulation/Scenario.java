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
record Scenario(
        String name,
        StandInSettings api,
        Producer producer,
        int copies,
        Troubles troubles,
        Duration longest,
        @Nullable QuotaChange change) {
    /** Of the whole stack, as the template has it. */
    static final double REQUESTS_PER_SECOND = 4;

    static final int LIVE_RESERVE_PERCENT = 20;

    static final Duration LATENCY = Duration.ofMillis(300);

    Scenario(String name, StandInSettings api, Producer producer, int copies, Troubles troubles, Duration longest) {
        this(name, api, producer, copies, troubles, longest, null);
    }

    /** The same, while this happens to the quota. */
    Scenario with(QuotaChange what) {
        return new Scenario(name, api, producer, copies, troubles, longest, what);
    }
}
