package dev.nftrefresh;

import dev.nftrefresh.collection.CollectionRefusalStore;
import dev.nftrefresh.ledger.TableTokenLedger;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.ratelimit.RateLimiter;
import dev.nftrefresh.ratelimit.RateLimiterSettings;
import dev.nftrefresh.ratelimit.TableRateLimiter;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.MonitoredTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableFailureListener;
import dev.nftrefresh.waiting.TableWaitingUpdateStore;
import dev.nftrefresh.waiting.WaitingUpdateStore;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the copies of the function know together.
 *
 * @param ledger of the updates they send
 * @param limiter of the quota they spend
 * @param refusals of collections that the API refuses
 * @param waitingStore of updates that wait for a request that includes them
 * @param settledTokens of bulk files
 */
public record SharedState(
        TokenLedger ledger,
        RateLimiter limiter,
        WaitingUpdateStore waitingStore,
        CollectionRefusalStore refusals,
        SettledTokens settledTokens) {
    /** What a copy keeps in memory: some 40 MB, and the tokens of many events. */
    private static final int REMEMBERED_TOKENS = 100_000;

    /** How long a proxy that lost its client may continue; far longer than the API takes. */
    private static final Duration APPLIED_AFTER_LEASE = Duration.ofMinutes(2);

    /**
     * State in a table, whose failures go to the listeners. Without latest-wins, each copy keeps the ledger in its own
     * memory; as a copy does not know then what another one has sent, no update waits in the table for another copy's
     * request.
     *
     * @param copy a name that no other copy has
     * @param clock by which the time that callers can wait is measured
     */
    public static SharedState in(
            SharedTable table,
            RefreshFunctionSettings settings,
            TableFailureListener failureListener,
            String copy,
            InstantSource clock) {
        var watched = new MonitoredTable(table, failureListener);
        var limiter = new TableRateLimiter(
                watched,
                new RateLimiterSettings(
                        settings.maxRequestsPerSecond(),
                        settings.quotaUnit(),
                        settings.liveReservePercent(),
                        settings.copies(),
                        settings.latestWins()),
                copy);
        return settings.latestWins()
                ? new SharedState(
                        new TableTokenLedger(
                                watched, failureListener, APPLIED_AFTER_LEASE, settings.tokenInterval(), clock),
                        limiter,
                        new TableWaitingUpdateStore(watched, copy, clock),
                        new CollectionRefusalStore(watched),
                        new SettledTokens(watched))
                : new SharedState(
                        new TableTokenLedger(
                                new InMemoryTable(REMEMBERED_TOKENS),
                                failureListener,
                                APPLIED_AFTER_LEASE,
                                settings.tokenInterval(),
                                clock),
                        limiter,
                        TableWaitingUpdateStore.ofReservedTimes(watched, copy, clock),
                        new CollectionRefusalStore(watched),
                        new SettledTokens(watched));
    }
}
