package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/** A table that is some milliseconds away, so that copies really meet in it, and that fails now and then. */
final class SlowTable implements SharedTable {
    private static final Duration HALF_WAY = Duration.ofMillis(2);

    private final InMemoryTable table;
    private final VirtualTime time;
    private final double failed;
    private final RandomGenerator random;
    private final LongAdder reads = new LongAdder();
    private final LongAdder writes = new LongAdder();

    SlowTable(InMemoryTable table, VirtualTime time, double failed, RandomGenerator random) {
        this.table = table;
        this.time = time;
        this.failed = failed;
        this.random = random;
    }

    TableOperations operations() {
        return new TableOperations(reads.sum(), writes.sum());
    }

    /** The same items at once, neither counted nor failing. */
    SharedTable items() {
        return table;
    }

    @Override
    public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
        reads.add(keys.size());
        time.sleep(HALF_WAY);
        if (random.nextDouble() < failed) {
            return ReadResult.allUnread(keys, "The simulation asked for a failure.");
        }
        ReadResult items = table.read(keys, timeout);
        time.sleep(HALF_WAY);
        return items;
    }

    @Override
    public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) throws TableUnavailableException {
        reads.increment();
        comeThrough();
        Map<ItemKey, TableItem> items = table.readPartition(partition, timeout);
        time.sleep(HALF_WAY);
        return items;
    }

    private void comeThrough() throws TableUnavailableException {
        time.sleep(HALF_WAY);
        if (random.nextDouble() < failed) {
            throw new TableUnavailableException("The simulation asked for a failure.", new IllegalStateException());
        }
    }

    @Override
    public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
        this.writes.add(writes.size());
        time.sleep(HALF_WAY);
        boolean fails = random.nextDouble() < failed;
        List<WriteResult> written = fails && random.nextBoolean() ? List.of() : table.write(writes, timeout);
        time.sleep(HALF_WAY);
        return fails
                ? writes.stream()
                        .<WriteResult>map(_ -> new WriteResult.Failed("The simulation asked for it."))
                        .toList()
                : written;
    }
}
