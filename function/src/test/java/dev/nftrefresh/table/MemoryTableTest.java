package dev.nftrefresh.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryTableTest extends TableContract {
    @Override
    protected Table emptyTable() {
        return new MemoryTable();
    }

    @Test
    void whenItIsFullItForgetsWhatWasWrittenLongestAgo() {
        var table = new MemoryTable(3);
        List<Table.Key> keys = Stream.of("a", "b", "c", "d")
                .map(name -> new Table.Key(name, "entry"))
                .toList();
        IntStream.range(0, 3).forEach(i -> write(table, keys.get(i), null));
        write(table, keys.get(0), new Table.Item(1, "x"));

        write(table, keys.get(3), null);

        assertThat(table.read(keys, AT_MOST).found().keySet())
                .containsExactlyInAnyOrder(keys.get(0), keys.get(2), keys.get(3));
    }

    private static void write(Table table, Table.Key key, Table.@Nullable Item seen) {
        assertThat(table.write(List.of(new Table.Write(key, seen, "x", Instant.EPOCH)), AT_MOST))
                .containsExactly(new Table.Written.Done());
    }
}
