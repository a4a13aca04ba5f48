package dev.nftrefresh.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Stub. */
public final class MemoryTable implements Table {
    private final TreeMap<Key, Item> items =
            new TreeMap<>(Comparator.comparing(Key::partition).thenComparing(Key::name));

    @Override
    public synchronized Map<Key, Item> read(Collection<Key> keys) {
        var found = new HashMap<Key, Item>();
        keys.forEach(key -> {
            Item i = items.get(key);
            if (i != null) {
                found.put(key, i);
            }
        });
        return found;
    }

    @Override
    public synchronized Map<Key, Item> readPartition(String partition) {
        var found = new LinkedHashMap<Key, Item>();
        items.forEach((k, v) -> {
            if (k.partition().equals(partition)) {
                found.put(k, v);
            }
        });
        return found;
    }

    @Override
    public synchronized List<Written> write(List<Write> writes) {
        return writes.stream().map(this::write).toList();
    }

    private Written write(Write write) {
        @Nullable Item current = items.get(write.key());
        long seen = write.seen() == null ? 0 : write.seen().revision();
        if ((current == null ? 0 : current.revision()) != seen) {
            return new Written.Conflict(current);
        }
        if (write.content() == null) {
            items.remove(write.key());
        } else {
            items.put(write.key(), new Item(seen + 1, write.content()));
        }
        return new Written.Done();
    }
}
