package dev.nftrefresh.local.simulation;

import dev.nftrefresh.Settings;
import dev.nftrefresh.Shared;
import dev.nftrefresh.collection.CollectionRefusals;
import dev.nftrefresh.local.simulation.WithoutAnIdea.GateWithoutEvenSpending;
import dev.nftrefresh.local.simulation.WithoutAnIdea.GateWithoutPlaces;
import dev.nftrefresh.local.simulation.WithoutAnIdea.LedgerWithoutLook;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.pacing.QuotaUnit;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.MemoryTable;

/** What the reports compare. */
enum Idea {
    /** Everything goes when it comes, and what a 429 refuses returns by its retry-after. */
    NAIVE,
    /** The function as it is deployed, with a table that takes its time. */
    OURS,
    /** No update goes along with another event's request. */
    WITHOUT_WAITING_ROOM,
    /** What was delivered before is planned for, whatever became of it meanwhile. */
    WITHOUT_LOOK,
    /** Requests count, whatever the answers say. */
    WITHOUT_UNIT_DETECTION,
    /** A partly filled request goes at once. */
    WITHOUT_EVEN_SPENDING,
    /** All that is left of an event comes back together. */
    WITHOUT_PLACES,
    /** Bulk takes what it can get. */
    WITHOUT_RESERVE;

    /** Makes what a new copy knows together with the others of its run. */
    @FunctionalInterface
    interface Wits {
        Shared of(String copy, Settings settings);
    }

    /** In percent of the quota. */
    int reserve() {
        return this == WITHOUT_RESERVE ? 0 : Scenario.LIVE_RESERVE_PERCENT;
    }

    QuotaUnit unit() {
        return this == WITHOUT_UNIT_DETECTION ? QuotaUnit.REQUEST : QuotaUnit.AUTO;
    }

    Wits wits(SlowTable table, VirtualTime time) {
        return this == NAIVE
                ? (_, _) -> new Shared(
                        new NaiveLedger(),
                        new NaiveGate(),
                        WaitingRoom.NONE,
                        new CollectionRefusals(new MemoryTable()),
                        new SettledTokens(new MemoryTable()))
                : (copy, settings) -> without(Shared.in(table, settings, _ -> {}, copy, time.clock()));
    }

    private Shared without(Shared all) {
        return switch (this) {
            case WITHOUT_WAITING_ROOM ->
                new Shared(all.ledger(), all.gate(), WaitingRoom.NONE, all.refusals(), all.settledTokens());
            case WITHOUT_LOOK ->
                new Shared(
                        new LedgerWithoutLook(all.ledger()),
                        all.gate(),
                        all.room(),
                        all.refusals(),
                        all.settledTokens());
            case WITHOUT_EVEN_SPENDING ->
                new Shared(
                        all.ledger(),
                        new GateWithoutEvenSpending(all.gate()),
                        all.room(),
                        all.refusals(),
                        all.settledTokens());
            case WITHOUT_PLACES ->
                new Shared(
                        all.ledger(),
                        new GateWithoutPlaces(all.gate()),
                        all.room(),
                        all.refusals(),
                        all.settledTokens());
            case NAIVE, OURS, WITHOUT_UNIT_DETECTION, WITHOUT_RESERVE -> all;
        };
    }
}
