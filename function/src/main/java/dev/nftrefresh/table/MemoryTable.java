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
public final class MemoryTable implements Table {
    private final int maxPartitions;
    /** In the order of their last writes. */
    private final LinkedHashMap<String, TreeMap<String, Item>> partitions = new LinkedHashMap<>();

    /** A table that forgets nothing. */
    public MemoryTable() {
        this(Integer.MAX_VALUE);
    }

    /** Keeps at most so many partitions. */
    public MemoryTable(int maxPartitions) {
        this.maxPartitions = maxPartitions;
    }

    @Override
    public synchronized Items read(Collection<Key> keys, Duration atMost) {
        Map<Key, Item> found = HashMap.newHashMap(keys.size());
        for (Key key : keys) {
            Item item = item(key);
            if (item != null) {
                found.put(key, item);
            }
        }
        return Items.of(found);
    }

    @Override
    public synchronized Map<Key, Item> readPartition(String partition, Duration atMost) {
        var found = new LinkedHashMap<Key, Item>();
        TreeMap<String, Item> items = partitions.get(partition);
        if (items != null) {
            items.forEach((name, item) -> found.put(new Key(partition, name), item));
        }
        return found;
    }

    @Override
    public synchronized List<Written> write(List<Write> writes, Duration atMost) {
        var written = new ArrayList<Written>(writes.size());
        for (Write write : writes) {
            written.add(write(write));
        }
        while (partitions.size() > maxPartitions) {
            partitions.pollFirstEntry();
        }
        return written;
    }

    private Written write(Write write) {
        Item current = item(write.key());
        long revision = revision(current);
        if (revision != revision(write.seen())) {
            return new Written.Conflict(current);
        }
        TreeMap<String, Item> items = partitions.remove(write.key().partition());
        if (items == null) {
            items = new TreeMap<>();
        }
        if (write.content() == null) {
            items.remove(write.key().name());
        } else {
            items.put(write.key().name(), new Item(revision + 1, write.content()));
        }
        if (!items.isEmpty()) {
            partitions.put(write.key().partition(), items);
        }
        return new Written.Done();
    }

    private static long revision(@Nullable Item item) {
        return item == null ? 0 : item.revision();
    }

    private @Nullable Item item(Key key) {
        TreeMap<String, Item> items = partitions.get(key.partition());
        return items == null ? null : items.get(key.name());
    }
}
