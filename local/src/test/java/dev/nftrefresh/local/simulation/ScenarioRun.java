package dev.nftrefresh.local.simulation;

import java.time.Duration;

/**
 * What a run showed.
 *
 * @param table what was read and written of the table
 * @param took virtual time until the queue was empty
 * @param real the time that the simulation itself took
 */
record ScenarioRun(
        SimulationScenario scenario,
        ComparedIdea idea,
        UpdateTracker updates,
        RequestCounts requests,
        QuotaUse quotaUse,
        RequestTimeline timeline,
        ReceiveCounts receives,
        ReceiveCounts bulkReceives,
        LostUpdates loss,
        TableOperations table,
        Duration took,
        Duration real) {
    /** The wait for acceptance that this share of the updates did not exceed, those of a bulk file left out. */
    Duration liveWait(double share) {
        return updates.wait(share, scenario.producer().live());
    }

    /** Of the messages of both queues. */
    ReceiveCounts allReceives() {
        return receives.plus(bulkReceives);
    }

    /** When the last update of the bulk file was accepted. */
    Duration bulkDone() {
        return updates.longestWait(scenario.producer().live());
    }
}
