package dev.nftrefresh.local.simulation;

import dev.nftrefresh.Settings;
import dev.nftrefresh.Shared;
import dev.nftrefresh.collection.CollectionRefusals;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.table.MemoryTable;

/** What the report compares. */
enum Idea {
    /** Everything goes when it comes, and what a 429 refuses returns by its retry-after. */
    NAIVE,
    /** The function as it is deployed, with a table that takes its time. */
    OURS;

    /** Makes what a new copy knows together with the others of its run. */
    @FunctionalInterface
    interface Wits {
        Shared of(String copy, Settings settings);
    }

    Wits wits(SlowTable table, VirtualTime time) {
        return switch (this) {
            case NAIVE ->
                (_, _) -> new Shared(
                        new NaiveLedger(),
                        new NaiveGate(),
                        WaitingRoom.NONE,
                        new CollectionRefusals(new MemoryTable()));
            case OURS -> (copy, settings) -> Shared.in(table, settings, _ -> {}, copy, time.clock());
        };
    }
}
