package dev.nftrefresh.local.simulation;

import dev.nftrefresh.Settings;
import dev.nftrefresh.Shared;
import dev.nftrefresh.collection.CollectionRefusals;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.table.MemoryTable;
import java.util.random.RandomGenerator;

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

    Wits wits(VirtualTime time, Troubles troubles, RandomGenerator random) {
        return switch (this) {
            case NAIVE ->
                (_, _) -> new Shared(
                        new NaiveLedger(),
                        new NaiveGate(),
                        WaitingRoom.NONE,
                        new CollectionRefusals(new MemoryTable()));
            case OURS -> {
                var table = new SlowTable(new MemoryTable(), time, troubles.tableFailed(), random);
                yield (copy, settings) -> Shared.in(table, settings, _ -> {}, copy, time.clock());
            }
        };
    }
}
