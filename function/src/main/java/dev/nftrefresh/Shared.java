package dev.nftrefresh;

import dev.nftrefresh.collection.CollectionRefusals;
import dev.nftrefresh.ledger.TableLedger;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.GateSettings;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.pacing.TableGate;
import dev.nftrefresh.room.TableWaitingRoom;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.TableTroubles;
import dev.nftrefresh.table.WatchedTable;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the copies of the function know together.
 *
 * @param ledger of the updates they send
 * @param gate of the quota they spend
 * @param refusals of collections that the API refuses
 * @param room where what must not go yet waits for a ride
 * @param settledTokens of bulk files
 */
public record Shared(
        TokenLedger ledger,
        RefreshGate gate,
        WaitingRoom room,
        CollectionRefusals refusals,
        SettledTokens settledTokens) {
    /** What a copy remembers by itself: some 40 MB, and the tokens of many events. */
    private static final int REMEMBERED_TOKENS = 100_000;

    /** A proxy that lost its client may go on for so long; far longer than the API takes. */
    private static final Duration STILL_APPLIED = Duration.ofMinutes(2);

    /**
     * In a table, of whose failures those are told. Without latest-wins, the ledger is each copy's own memory; and as a copy does not know then what
     * another one has sent, nobody waits for another one's ride.
     *
     * @param copy a name that no other copy has
     * @param clock by which the time that callers can wait is measured
     */
    public static Shared in(Table table, Settings settings, TableTroubles troubles, String copy, InstantSource clock) {
        var watched = new WatchedTable(table, troubles);
        var gate = new TableGate(
                watched,
                new GateSettings(
                        settings.maxRequestsPerSecond(),
                        settings.quotaUnit(),
                        settings.liveReservePercent(),
                        settings.copies(),
                        settings.latestWins()),
                copy);
        return settings.latestWins()
                ? new Shared(
                        new TableLedger(watched, troubles, STILL_APPLIED, settings.tokenInterval(), clock),
                        gate,
                        new TableWaitingRoom(watched, copy, clock),
                        new CollectionRefusals(watched),
                        new SettledTokens(watched))
                : new Shared(
                        new TableLedger(
                                new MemoryTable(REMEMBERED_TOKENS),
                                troubles,
                                STILL_APPLIED,
                                settings.tokenInterval(),
                                clock),
                        gate,
                        TableWaitingRoom.ofPromises(watched, copy, clock),
                        new CollectionRefusals(watched),
                        new SettledTokens(watched));
    }
}
