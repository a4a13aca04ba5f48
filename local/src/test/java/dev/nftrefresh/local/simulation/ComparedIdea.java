package dev.nftrefresh.local.simulation;

import dev.nftrefresh.RefreshFunctionSettings;
import dev.nftrefresh.SharedState;
import dev.nftrefresh.collection.CollectionRefusalStore;
import dev.nftrefresh.local.simulation.DisabledIdeas.LedgerWithoutLook;
import dev.nftrefresh.local.simulation.DisabledIdeas.RateLimiterWithoutEvenSpending;
import dev.nftrefresh.local.simulation.DisabledIdeas.RateLimiterWithoutGroups;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.ratelimit.QuotaUnit;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.waiting.WaitingUpdateStore;

/** What the reports compare. */
enum ComparedIdea {
    /** Everything goes when it comes, and what a 429 refuses returns by its retry-after. */
    NAIVE,
    /** The function as it is deployed, with a table that takes its time. */
    OURS,
    /** No request includes updates of another event. */
    WITHOUT_WAITING_ROOM,
    /** What was delivered before is planned for, whatever became of it meanwhile. */
    WITHOUT_LOOK,
    /** Requests count, whatever the answers say. */
    WITHOUT_UNIT_DETECTION,
    /** A partly filled request goes at once. */
    WITHOUT_EVEN_SPENDING,
    /** Everything left of an event returns together. */
    WITHOUT_PLACES,
    /** Bulk takes what it can get. */
    WITHOUT_RESERVE;

    /** Makes what a new copy knows together with the others of its run. */
    @FunctionalInterface
    interface CopyMemory {
        SharedState of(String copy, RefreshFunctionSettings settings);
    }

    /** In percent of the quota. */
    int reserve() {
        return this == WITHOUT_RESERVE ? 0 : SimulationScenario.LIVE_RESERVE_PERCENT;
    }

    QuotaUnit unit() {
        return this == WITHOUT_UNIT_DETECTION ? QuotaUnit.REQUEST : QuotaUnit.AUTO;
    }

    CopyMemory wits(SlowTable table, VirtualTime time) {
        return this == NAIVE
                ? (_, _) -> new SharedState(
                        new NaiveLedger(),
                        new NaiveRateLimiter(),
                        WaitingUpdateStore.NONE,
                        new CollectionRefusalStore(new InMemoryTable()),
                        new SettledTokens(new InMemoryTable()))
                : (copy, settings) -> without(SharedState.in(table, settings, _ -> {}, copy, time.clock()));
    }

    private SharedState without(SharedState all) {
        return switch (this) {
            case WITHOUT_WAITING_ROOM ->
                new SharedState(
                        all.ledger(), all.limiter(), WaitingUpdateStore.NONE, all.refusals(), all.settledTokens());
            case WITHOUT_LOOK ->
                new SharedState(
                        new LedgerWithoutLook(all.ledger()),
                        all.limiter(),
                        all.waitingStore(),
                        all.refusals(),
                        all.settledTokens());
            case WITHOUT_EVEN_SPENDING ->
                new SharedState(
                        all.ledger(),
                        new RateLimiterWithoutEvenSpending(all.limiter()),
                        all.waitingStore(),
                        all.refusals(),
                        all.settledTokens());
            case WITHOUT_PLACES ->
                new SharedState(
                        all.ledger(),
                        new RateLimiterWithoutGroups(all.limiter()),
                        all.waitingStore(),
                        all.refusals(),
                        all.settledTokens());
            case NAIVE, OURS, WITHOUT_UNIT_DETECTION, WITHOUT_RESERVE -> all;
        };
    }
}
