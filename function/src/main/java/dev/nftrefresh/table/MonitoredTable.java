package dev.nftrefresh.table;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A table that reports every failure, so that its users need not. */
public final class MonitoredTable implements SharedTable {
    private final SharedTable table;
    private final TableFailureListener failureListener;

    /** The same table, reporting its failures there. */
    public MonitoredTable(SharedTable table, TableFailureListener failureListener) {
        this.table = table;
        this.failureListener = failureListener;
    }

    @Override
    public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
        ReadResult items = table.read(keys, timeout);
        if (!items.unread().isEmpty()) {
            failureListener.report("%d of %d items could not be read. %s"
                    .formatted(items.unread().size(), keys.size(), items.reason()));
        }
        return items;
    }

    @Override
    public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) throws TableUnavailableException {
        try {
            return table.readPartition(partition, timeout);
        } catch (TableUnavailableException e) {
            throw reported(e);
        }
    }

    private TableUnavailableException reported(TableUnavailableException e) {
        failureListener.report(String.valueOf(e.getMessage()));
        return e;
    }

    @Override
    public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
        List<WriteResult> written = table.write(writes, timeout);
        List<String> reasons = written.stream()
                .filter(WriteResult.Failed.class::isInstance)
                .map(failed -> ((WriteResult.Failed) failed).reason())
                .toList();
        if (!reasons.isEmpty()) {
            failureListener.report("%d of %d items could not be written. %s"
                    .formatted(reasons.size(), writes.size(), reasons.getFirst()));
        }
        return written;
    }
}
