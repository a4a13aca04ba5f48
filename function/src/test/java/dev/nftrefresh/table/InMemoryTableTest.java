package dev.nftrefresh.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InMemoryTableTest extends SharedTableContract {
    @Override
    protected SharedTable emptyTable() {
        return new InMemoryTable();
    }

    @Test
    void whenItIsFullItDiscardsTheOldestWrites() {
        var table = new InMemoryTable(3);
        List<SharedTable.ItemKey> keys = Stream.of("a", "b", "c", "d")
                .map(name -> new SharedTable.ItemKey(name, "entry"))
                .toList();
        IntStream.range(0, 3).forEach(i -> write(table, keys.get(i), null));
        write(table, keys.get(0), new SharedTable.TableItem(1, "x"));

        write(table, keys.get(3), null);

        assertThat(table.read(keys, AT_MOST).found().keySet())
                .containsExactlyInAnyOrder(keys.get(0), keys.get(2), keys.get(3));
    }

    private static void write(SharedTable table, SharedTable.ItemKey key, SharedTable.@Nullable TableItem seen) {
        assertThat(table.write(List.of(new SharedTable.ConditionalWrite(key, seen, "x", Instant.EPOCH)), AT_MOST))
                .containsExactly(new SharedTable.WriteResult.Succeeded());
    }
}
