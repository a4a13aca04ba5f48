package dev.nftrefresh.local.simulation;

import dev.nftrefresh.ledger.MemoryLedger;
import dev.nftrefresh.pacing.GateSettings;
import dev.nftrefresh.pacing.QuotaUnit;
import dev.nftrefresh.pacing.TableGate;
import dev.nftrefresh.room.TableWaitingRoom;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.telemetry.RefreshMetrics;

/** The function's own wiring, with a table in memory: the one place to change when that changes. */
final class Ours {
    private static final int MAX_LEDGER_TOKENS = 2_000_000;

    private Ours() {}

    static Wits.Maker sharing(double requestsPerSecond) {
        var table = new MemoryTable();
        var ledger = new MemoryLedger(MAX_LEDGER_TOKENS);
        var settings = new GateSettings(requestsPerSecond, QuotaUnit.AUTO);
        return copy -> new Wits(
                ledger,
                new TableGate(table, settings, RefreshMetrics.NONE, copy),
                new TableWaitingRoom(table, RefreshMetrics.NONE, copy));
    }
}
