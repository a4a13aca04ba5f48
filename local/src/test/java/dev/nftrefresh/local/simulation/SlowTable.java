package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.TableUnavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/** A table that is some milliseconds away, so that copies really meet in it, and that fails now and then. */
final class SlowTable implements Table {
    private static final Duration HALF_WAY = Duration.ofMillis(2);

    private final MemoryTable table;
    private final VirtualTime time;
    private final double failed;
    private final RandomGenerator random;
    private final LongAdder reads = new LongAdder();
    private final LongAdder writes = new LongAdder();

    SlowTable(MemoryTable table, VirtualTime time, double failed, RandomGenerator random) {
        this.table = table;
        this.time = time;
        this.failed = failed;
        this.random = random;
    }

    TableOperations operations() {
        return new TableOperations(reads.sum(), writes.sum());
    }

    @Override
    public Items read(Collection<Key> keys, Duration atMost) {
        reads.add(keys.size());
        time.sleep(HALF_WAY);
        if (random.nextDouble() < failed) {
            return Items.unread(keys, "The simulation asked for a failure.");
        }
        Items items = table.read(keys, atMost);
        time.sleep(HALF_WAY);
        return items;
    }

    @Override
    public Map<Key, Item> readPartition(String partition, Duration atMost) throws TableUnavailable {
        reads.increment();
        comeThrough();
        Map<Key, Item> items = table.readPartition(partition, atMost);
        time.sleep(HALF_WAY);
        return items;
    }

    private void comeThrough() throws TableUnavailable {
        time.sleep(HALF_WAY);
        if (random.nextDouble() < failed) {
            throw new TableUnavailable("The simulation asked for a failure.", new IllegalStateException());
        }
    }

    @Override
    public List<Written> write(List<Write> writes, Duration atMost) {
        this.writes.add(writes.size());
        time.sleep(HALF_WAY);
        boolean fails = random.nextDouble() < failed;
        List<Written> written = fails && random.nextBoolean() ? List.of() : table.write(writes, atMost);
        time.sleep(HALF_WAY);
        return fails
                ? writes.stream()
                        .<Written>map(_ -> new Written.Failed("The simulation asked for it."))
                        .toList()
                : written;
    }
}
