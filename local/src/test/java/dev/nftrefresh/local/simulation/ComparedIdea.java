package dev.nftrefresh.local.simulation;

import dev.nftrefresh.RefreshFunctionSettings;
import dev.nftrefresh.SharedState;
import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.collection.CollectionRefusalStore;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.local.simulation.DisabledIdeas.LedgerWithoutPreview;
import dev.nftrefresh.local.simulation.DisabledIdeas.RateLimiterWithoutBackoff;
import dev.nftrefresh.local.simulation.DisabledIdeas.RateLimiterWithoutEvenSpending;
import dev.nftrefresh.local.simulation.DisabledIdeas.RateLimiterWithoutProbe;
import dev.nftrefresh.local.simulation.DisabledIdeas.RateLimiterWithoutReturnGroups;
import dev.nftrefresh.local.simulation.DisabledIdeas.RateLimiterWithoutReturnTimes;
import dev.nftrefresh.local.simulation.DisabledIdeas.RateLimiterWithoutSearchShare;
import dev.nftrefresh.local.simulation.DisabledIdeas.StoreWithoutReservedTimes;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.ratelimit.QuotaUnit;
import dev.nftrefresh.ratelimit.RateLimiter;
import dev.nftrefresh.ratelimit.RateLimiterSettings;
import dev.nftrefresh.ratelimit.TableRateLimiter;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.MonitoredTable;
import dev.nftrefresh.waiting.TableWaitingUpdateStore;
import dev.nftrefresh.waiting.WaitingUpdateStore;
import java.time.Duration;

/** What the reports compare. */
enum ComparedIdea {
    /** Everything goes when it comes, and what a 429 refuses returns by its retry-after. */
    NAIVE,
    /** The function as it is deployed, with a table that takes its time. */
    OURS,
    /** No request includes updates of another event; the send time of the next partly filled one is still stored. */
    WITHOUT_WAITING_UPDATES,
    /** Nobody remembers which collection's partly filled request may go when. */
    WITHOUT_RESERVED_TIMES,
    /** What was delivered before is planned for, whatever became of it meanwhile. */
    WITHOUT_PREVIEW,
    /** What was delivered before is looked up as soon as it comes, and not only when its request may go. */
    WITHOUT_LATE_PREVIEW,
    /** Requests count, whatever the answers say. */
    WITHOUT_UNIT_DETECTION,
    /** A partly filled request goes at once. */
    WITHOUT_EVEN_SPENDING,
    /** All that is left of an event comes back at the next opening, however much waits for it. */
    WITHOUT_RETURN_TIMES,
    /** Of those that the next window takes, each comes back at a time of its own in it. */
    WITHOUT_RETURN_GROUPS,
    /** Live updates do not wait for bulk's next request. */
    WITHOUT_SHARED_CALLS,
    /** Bulk takes what it can get. */
    WITHOUT_RESERVE,
    /** Bulk's messages are in the queue of the others. */
    WITHOUT_SECOND_QUEUE,
    /** A search for refused tokens takes what it can get. */
    WITHOUT_SEARCH_SHARE,
    /** Each pass tries a failing API with all that it has. */
    WITHOUT_PROBE,
    /** The second 429 in a row closes the quota as long as each further one. */
    WITHOUT_BACKOFF,
    /** A token's next update does not wait after an acceptance. */
    WITHOUT_TOKEN_INTERVAL,
    /** Each copy knows only what it sent itself. */
    WITHOUT_LATEST_WINS;

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

    boolean latestWins() {
        return this != WITHOUT_LATEST_WINS;
    }

    Duration tokenInterval() {
        return this == WITHOUT_TOKEN_INTERVAL ? Duration.ZERO : SimulationScenario.TOKEN_INTERVAL;
    }

    /** In tokens of an event. */
    int deferredLookupThreshold() {
        return this == WITHOUT_LATE_PREVIEW ? Integer.MAX_VALUE : RefreshRequestLimits.TOKENS;
    }

    boolean hasBulkQueue() {
        return this != WITHOUT_SECOND_QUEUE;
    }

    /**
     * What the copies of a run know.
     *
     * @param each how far apart the requests of a limit lie if they go evenly
     */
    CopyMemory wits(SlowTable table, VirtualTime time, Duration each) {
        return this == NAIVE
                ? (_, _) -> new SharedState(
                        new NaiveLedger(),
                        new NaiveRateLimiter(),
                        WaitingUpdateStore.NONE,
                        new CollectionRefusalStore(new InMemoryTable()),
                        new SettledTokens(new InMemoryTable()))
                : (copy, settings) -> {
                    SharedState all = SharedState.in(table, settings, _ -> {}, copy, time.clock());
                    return new SharedState(
                            ledger(all.ledger()),
                            limiter(all.limiter(), table, settings, copy, each),
                            waitingStore(all.waitingStore(), table, copy, time),
                            all.refusals(),
                            all.settledTokens());
                };
    }

    private TokenLedger ledger(TokenLedger deployed) {
        return this == WITHOUT_PREVIEW ? new LedgerWithoutPreview(deployed) : deployed;
    }

    private WaitingUpdateStore waitingStore(
            WaitingUpdateStore deployed, SlowTable table, String copy, VirtualTime time) {
        return switch (this) {
            case WITHOUT_WAITING_UPDATES -> TableWaitingUpdateStore.ofReservedTimes(table, copy, time.clock());
            case WITHOUT_RESERVED_TIMES -> new StoreWithoutReservedTimes(deployed);
            default -> deployed;
        };
    }

    private RateLimiter limiter(
            RateLimiter deployed, SlowTable table, RefreshFunctionSettings settings, String copy, Duration each) {
        return switch (this) {
            case WITHOUT_EVEN_SPENDING -> new RateLimiterWithoutEvenSpending(deployed);
            case WITHOUT_RETURN_TIMES ->
                new RateLimiterWithoutReturnTimes(
                        deployed, table.items(), aside -> new TableRateLimiter(aside, settings(settings, true), copy));
            case WITHOUT_RETURN_GROUPS -> new RateLimiterWithoutReturnGroups(deployed, each);
            case WITHOUT_PROBE -> new RateLimiterWithoutProbe(deployed);
            case WITHOUT_BACKOFF -> new RateLimiterWithoutBackoff(deployed, table.items());
            case WITHOUT_SEARCH_SHARE -> new RateLimiterWithoutSearchShare(deployed);
            case WITHOUT_SHARED_CALLS ->
                new TableRateLimiter(new MonitoredTable(table, _ -> {}), settings(settings, false), copy);
            default -> deployed;
        };
    }

    private static RateLimiterSettings settings(RefreshFunctionSettings settings, boolean allowsSharedCalls) {
        return new RateLimiterSettings(
                settings.maxRequestsPerSecond(),
                settings.quotaUnit(),
                settings.liveReservePercent(),
                settings.copies(),
                allowsSharedCalls);
    }
}
