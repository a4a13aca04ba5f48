package dev.nftrefresh.table;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A table whose every failure is told, so that none of its users has to. */
public final class WatchedTable implements Table {
    private final Table table;
    private final TableTroubles troubles;

    /** The same table, whose failures are told there. */
    public WatchedTable(Table table, TableTroubles troubles) {
        this.table = table;
        this.troubles = troubles;
    }

    @Override
    public Items read(Collection<Key> keys, Duration atMost) {
        Items items = table.read(keys, atMost);
        if (!items.unread().isEmpty()) {
            troubles.tell("%d of %d items could not be read. %s"
                    .formatted(items.unread().size(), keys.size(), items.reason()));
        }
        return items;
    }

    @Override
    public Map<Key, Item> readPartition(String partition, Duration atMost) throws TableUnavailable {
        try {
            return table.readPartition(partition, atMost);
        } catch (TableUnavailable e) {
            throw told(e);
        }
    }

    private TableUnavailable told(TableUnavailable e) {
        troubles.tell(String.valueOf(e.getMessage()));
        return e;
    }

    @Override
    public List<Written> write(List<Write> writes, Duration atMost) {
        List<Written> written = table.write(writes, atMost);
        List<String> reasons = written.stream()
                .filter(Written.Failed.class::isInstance)
                .map(failed -> ((Written.Failed) failed).reason())
                .toList();
        if (!reasons.isEmpty()) {
            troubles.tell("%d of %d items could not be written. %s"
                    .formatted(reasons.size(), writes.size(), reasons.getFirst()));
        }
        return written;
    }
}
