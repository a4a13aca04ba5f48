package dev.nftrefresh.local.model;

import dev.nftrefresh.local.api.ModelApi.Troubles;
import dev.nftrefresh.local.api.StandInSettings;

/**
 * What happens in a run of the model.
 *
 * @param copies of the function
 * @param api how it limits
 * @param troubles of the way to it
 * @param crashes how often a copy dies when it waits for an answer, from 0 to 1
 * @param duplicates how often a message is delivered twice, from 0 to 1
 * @param seed of all that is left to chance
 */
record Scenario(int copies, StandInSettings api, Troubles troubles, double crashes, double duplicates, long seed) {
    static Scenario of(int copies, StandInSettings api) {
        return new Scenario(copies, api, Troubles.NONE, 0, 0, 7);
    }
}
