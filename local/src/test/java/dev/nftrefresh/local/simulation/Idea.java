package dev.nftrefresh.local.simulation;

import dev.nftrefresh.Settings;
import dev.nftrefresh.Shared;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.telemetry.RefreshMetrics;

/** What a run compares. */
enum Idea {
    /** Everything goes when it comes; what a 429 refuses returns by its retry-after. */
    NAIVE,
    /** The function as it is. */
    OURS;

    /** Makes what a new copy of the function knows by; a new one has none of what the dead one knew by itself. */
    @FunctionalInterface
    interface Copies {
        Shared of(Settings settings, String copy);
    }

    /** For the copies of one run, which share one table. */
    Copies copies() {
        var table = new MemoryTable();
        return switch (this) {
            case NAIVE -> (_, _) -> new Shared(new NaiveLedger(), new NaiveGate(), WaitingRoom.NONE);
            case OURS -> (settings, copy) -> Shared.in(table, settings, RefreshMetrics.NONE, copy);
        };
    }
}
