package dev.nftrefresh.ledger;

import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.telemetry.RefreshMetrics;

final class TableLedgerTest extends TokenLedgerContract {
    @Override
    protected TokenLedger freshLedger() {
        return new TableLedger(new MemoryTable(), RefreshMetrics.NONE);
    }
}
