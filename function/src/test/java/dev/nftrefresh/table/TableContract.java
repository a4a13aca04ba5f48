package dev.nftrefresh.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.table.Table.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of every table. */
public abstract class TableContract {
    static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Instant LATER = Instant.parse("2036-11-23T10:00:00Z");
    private static final Table.Key KEY = new Table.Key("token 1", "entry");

    private @Nullable Table table;

    /** A table without items. */
    protected abstract Table emptyTable();

    @BeforeEach
    void startAfresh() {
        table = emptyTable();
    }

    private Table table() {
        return Objects.requireNonNull(table);
    }

    private static Table.Item item(long revision, String content) {
        return new Table.Item(revision, content);
    }

    private Written write(Table.Key key, Table.@Nullable Item seen, @Nullable String content) {
        return table().write(List.of(new Table.Write(key, seen, content, LATER)), AT_MOST)
                .getFirst();
    }

    private Table.@Nullable Item read(Table.Key key) throws TableUnavailable {
        return table().read(List.of(key), AT_MOST).found().get(key);
    }

    @Test
    void whatIsWrittenIsReadToTheLetter() throws TableUnavailable {
        String content = "{\"json\":\"\\u00fc ü ⚔ \\n 1e400\"}";
        assertThat(write(KEY, null, content)).isEqualTo(new Written.Done());
        assertThat(read(KEY)).isEqualTo(item(1, content));
    }

    @Test
    void whatDoesNotExistIsAbsent() throws TableUnavailable {
        assertThat(table().read(List.of(KEY), AT_MOST).found()).isEmpty();
        assertThat(table().readPartition("token 1", AT_MOST)).isEmpty();
    }

    @Test
    void eachWriteAddsARevision() throws TableUnavailable {
        write(KEY, null, "a");
        assertThat(write(KEY, item(1, "a"), "b")).isEqualTo(new Written.Done());
        assertThat(read(KEY)).isEqualTo(item(2, "b"));
    }

    @Test
    void whoHasNotSeenTheNewestRevisionIsToldWhatItIs() throws TableUnavailable {
        write(KEY, null, "a");
        assertThat(write(KEY, null, "mine")).isEqualTo(new Written.Conflict(item(1, "a")));
        write(KEY, item(1, "a"), "b");
        assertThat(write(KEY, item(1, "a"), "mine")).isEqualTo(new Written.Conflict(item(2, "b")));
        assertThat(read(KEY)).isEqualTo(item(2, "b"));
    }

    @Test
    void whoHasSeenWhatIsGoneIsToldSo() {
        assertThat(write(KEY, item(1, "a"), "b")).isEqualTo(new Written.Conflict(null));
    }

    @Test
    void anItemIsDeletedByWhoHasSeenItsNewestRevision() throws TableUnavailable {
        write(KEY, null, "a");
        assertThat(write(KEY, item(2, "a"), null)).isEqualTo(new Written.Conflict(item(1, "a")));
        assertThat(write(KEY, item(1, "a"), null)).isEqualTo(new Written.Done());
        assertThat(read(KEY)).isNull();
        assertThat(write(KEY, null, "b")).isEqualTo(new Written.Done());
    }

    @Test
    void anItemMayBeWrittenToStayForEver() {
        assertThat(table().write(List.of(new Table.Write(KEY, null, "a", null)), AT_MOST))
                .containsExactly(new Written.Done());
        assertThat(table().write(List.of(new Table.Write(KEY, item(1, "a"), "b", null)), AT_MOST))
                .containsExactly(new Written.Done());
        assertThat(table().read(List.of(KEY), AT_MOST)).isEqualTo(Table.Items.of(Map.of(KEY, item(2, "b"))));
    }

    @Test
    void whatWasReadIsNotUnreadThoughItDoesNotExist() throws TableUnavailable {
        Table.Items items = table().read(List.of(KEY), AT_MOST);
        assertThat(items.unread()).isEmpty();
        assertThat(items.reason()).isEmpty();
        assertThat(items.get(KEY)).isNull();
    }

    @Test
    void aPartitionsItemsComeInTheOrderOfTheirNames() throws TableUnavailable {
        for (String name : List.of("b", "c", "a")) {
            write(new Table.Key("room", name), null, "of " + name);
        }
        write(new Table.Key("room 2", "a"), null, "of another");

        Map<Table.Key, Table.Item> items = table().readPartition("room", AT_MOST);

        assertThat(items.keySet())
                .containsExactly(new Table.Key("room", "a"), new Table.Key("room", "b"), new Table.Key("room", "c"));
        assertThat(items).containsEntry(new Table.Key("room", "c"), item(1, "of c"));
    }

    @Test
    void manyAreWrittenAndReadAtOnceEachForItself() throws TableUnavailable {
        write(new Table.Key("token 7", "entry"), null, "was there");
        List<Table.Key> keys = IntStream.range(0, 251)
                .mapToObj(i -> new Table.Key("token " + i, "entry"))
                .toList();

        List<Written> written = table().write(
                        keys.stream()
                                .map(key -> new Table.Write(key, null, "of " + key.partition(), LATER))
                                .toList(),
                        AT_MOST);

        assertThat(written.get(7)).isEqualTo(new Written.Conflict(item(1, "was there")));
        assertThat(Collections.frequency(written, new Written.Done())).isEqualTo(250);
        Map<Table.Key, Table.Item> items = table().read(keys, AT_MOST).found();
        assertThat(items).hasSize(251).containsEntry(keys.get(250), item(1, "of token 250"));
    }

    @Test
    void ofManyThatWriteAtOnceOneIsFirst() throws Exception {
        var racers = new ArrayList<Callable<Written>>();
        for (int i = 0; i < 16; i++) {
            String content = "racer " + i;
            racers.add(() -> write(KEY, null, content));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Written>> results = threads.invokeAll(racers);
            assertThat(results)
                    .filteredOn(result -> result.resultNow() instanceof Written.Done)
                    .hasSize(1);
        }
    }
}
