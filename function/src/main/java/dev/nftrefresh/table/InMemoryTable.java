package dev.nftrefresh.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table in one process. It forgets the partitions that were written longest ago when it is full. */
public final class InMemoryTable implements SharedTable {
    private final int maxPartitions;
    /** In the order of their last writes. */
    private final LinkedHashMap<String, TreeMap<String, TableItem>> partitions = new LinkedHashMap<>();

    /** A table that forgets nothing. */
    public InMemoryTable() {
        this(Integer.MAX_VALUE);
    }

    /** Keeps at most so many partitions. */
    public InMemoryTable(int maxPartitions) {
        this.maxPartitions = maxPartitions;
    }

    @Override
    public synchronized ReadResult read(Collection<ItemKey> keys, Duration timeout) {
        Map<ItemKey, TableItem> found = HashMap.newHashMap(keys.size());
        for (ItemKey key : keys) {
            TableItem item = item(key);
            if (item != null) {
                found.put(key, item);
            }
        }
        return ReadResult.of(found);
    }

    @Override
    public synchronized Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) {
        var found = new LinkedHashMap<ItemKey, TableItem>();
        TreeMap<String, TableItem> items = partitions.get(partition);
        if (items != null) {
            items.forEach((name, item) -> found.put(new ItemKey(partition, name), item));
        }
        return found;
    }

    @Override
    public synchronized List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
        var written = new ArrayList<WriteResult>(writes.size());
        for (ConditionalWrite write : writes) {
            written.add(write(write));
        }
        while (partitions.size() > maxPartitions) {
            partitions.pollFirstEntry();
        }
        return written;
    }

    private WriteResult write(ConditionalWrite write) {
        TableItem current = item(write.key());
        long revision = revision(current);
        if (revision != revision(write.seen())) {
            return new WriteResult.Conflict(current);
        }
        TreeMap<String, TableItem> items = partitions.remove(write.key().partition());
        if (items == null) {
            items = new TreeMap<>();
        }
        if (write.content() == null) {
            items.remove(write.key().name());
        } else {
            items.put(write.key().name(), new TableItem(revision + 1, write.content()));
        }
        if (!items.isEmpty()) {
            partitions.put(write.key().partition(), items);
        }
        return new WriteResult.Succeeded();
    }

    private static long revision(@Nullable TableItem item) {
        return item == null ? 0 : item.revision();
    }

    private @Nullable TableItem item(ItemKey key) {
        TreeMap<String, TableItem> items = partitions.get(key.partition());
        return items == null ? null : items.get(key.name());
    }
}
