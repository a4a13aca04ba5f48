package dev.nftrefresh.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.table.SharedTable.WriteResult;
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
public abstract class SharedTableContract {
    static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Instant LATER = Instant.parse("2036-11-23T10:00:00Z");
    private static final SharedTable.ItemKey KEY = new SharedTable.ItemKey("token 1", "entry");

    private @Nullable SharedTable table;

    /** A table without items. */
    protected abstract SharedTable emptyTable();

    @BeforeEach
    void startAfresh() {
        table = emptyTable();
    }

    private SharedTable table() {
        return Objects.requireNonNull(table);
    }

    private static SharedTable.TableItem item(long revision, String content) {
        return new SharedTable.TableItem(revision, content);
    }

    private WriteResult write(SharedTable.ItemKey key, SharedTable.@Nullable TableItem seen, @Nullable String content) {
        return table().write(List.of(new SharedTable.ConditionalWrite(key, seen, content, LATER)), AT_MOST)
                .getFirst();
    }

    private SharedTable.@Nullable TableItem read(SharedTable.ItemKey key) throws TableUnavailableException {
        return table().read(List.of(key), AT_MOST).found().get(key);
    }

    @Test
    void aWrittenItemIsReadUnchanged() throws TableUnavailableException {
        String content = "{\"json\":\"\\u00fc ü ⚔ \\n 1e400\"}";
        assertThat(write(KEY, null, content)).isEqualTo(new WriteResult.Succeeded());
        assertThat(read(KEY)).isEqualTo(item(1, content));
    }

    @Test
    void whatDoesNotExistIsAbsent() throws TableUnavailableException {
        assertThat(table().read(List.of(KEY), AT_MOST).found()).isEmpty();
        assertThat(table().readPartition("token 1", AT_MOST)).isEmpty();
    }

    @Test
    void eachWriteAddsARevision() throws TableUnavailableException {
        write(KEY, null, "a");
        assertThat(write(KEY, item(1, "a"), "b")).isEqualTo(new WriteResult.Succeeded());
        assertThat(read(KEY)).isEqualTo(item(2, "b"));
    }

    @Test
    void aWriteOfAnOldRevisionReturnsTheNewestOne() throws TableUnavailableException {
        write(KEY, null, "a");
        assertThat(write(KEY, null, "mine")).isEqualTo(new WriteResult.Conflict(item(1, "a")));
        write(KEY, item(1, "a"), "b");
        assertThat(write(KEY, item(1, "a"), "mine")).isEqualTo(new WriteResult.Conflict(item(2, "b")));
        assertThat(read(KEY)).isEqualTo(item(2, "b"));
    }

    @Test
    void aWriteOfADeletedItemReturnsThatItIsGone() {
        assertThat(write(KEY, item(1, "a"), "b")).isEqualTo(new WriteResult.Conflict(null));
    }

    @Test
    void anItemIsDeletedIfItsNewestRevisionIsGiven() throws TableUnavailableException {
        write(KEY, null, "a");
        assertThat(write(KEY, item(2, "a"), null)).isEqualTo(new WriteResult.Conflict(item(1, "a")));
        assertThat(write(KEY, item(1, "a"), null)).isEqualTo(new WriteResult.Succeeded());
        assertThat(read(KEY)).isNull();
        assertThat(write(KEY, null, "b")).isEqualTo(new WriteResult.Succeeded());
    }

    @Test
    void anItemMayBeWrittenWithoutAnExpiry() {
        assertThat(table().write(List.of(new SharedTable.ConditionalWrite(KEY, null, "a", null)), AT_MOST))
                .containsExactly(new WriteResult.Succeeded());
        assertThat(table().write(List.of(new SharedTable.ConditionalWrite(KEY, item(1, "a"), "b", null)), AT_MOST))
                .containsExactly(new WriteResult.Succeeded());
        assertThat(table().read(List.of(KEY), AT_MOST)).isEqualTo(SharedTable.ReadResult.of(Map.of(KEY, item(2, "b"))));
    }

    @Test
    void aReadItemIsNotUnreadAlthoughItDoesNotExist() throws TableUnavailableException {
        SharedTable.ReadResult items = table().read(List.of(KEY), AT_MOST);
        assertThat(items.unread()).isEmpty();
        assertThat(items.reason()).isEmpty();
        assertThat(items.get(KEY)).isNull();
    }

    @Test
    void aPartitionsItemsComeInTheOrderOfTheirNames() throws TableUnavailableException {
        for (String name : List.of("b", "c", "a")) {
            write(new SharedTable.ItemKey("room", name), null, "of " + name);
        }
        write(new SharedTable.ItemKey("room 2", "a"), null, "of another");

        Map<SharedTable.ItemKey, SharedTable.TableItem> items = table().readPartition("room", AT_MOST);

        assertThat(items.keySet())
                .containsExactly(
                        new SharedTable.ItemKey("room", "a"),
                        new SharedTable.ItemKey("room", "b"),
                        new SharedTable.ItemKey("room", "c"));
        assertThat(items).containsEntry(new SharedTable.ItemKey("room", "c"), item(1, "of c"));
    }

    @Test
    void manyItemsAreWrittenAndReadAtOnceIndependently() throws TableUnavailableException {
        write(new SharedTable.ItemKey("token 7", "entry"), null, "was there");
        List<SharedTable.ItemKey> keys = IntStream.range(0, 251)
                .mapToObj(i -> new SharedTable.ItemKey("token " + i, "entry"))
                .toList();

        List<WriteResult> written = table().write(
                        keys.stream()
                                .map(key -> new SharedTable.ConditionalWrite(key, null, "of " + key.partition(), LATER))
                                .toList(),
                        AT_MOST);

        assertThat(written.get(7)).isEqualTo(new WriteResult.Conflict(item(1, "was there")));
        assertThat(Collections.frequency(written, new WriteResult.Succeeded())).isEqualTo(250);
        Map<SharedTable.ItemKey, SharedTable.TableItem> items =
                table().read(keys, AT_MOST).found();
        assertThat(items).hasSize(251).containsEntry(keys.get(250), item(1, "of token 250"));
    }

    @Test
    void exactlyOneOfManyConcurrentWritesSucceeds() throws Exception {
        var racers = new ArrayList<Callable<WriteResult>>();
        for (int i = 0; i < 16; i++) {
            String content = "racer " + i;
            racers.add(() -> write(KEY, null, content));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<WriteResult>> results = threads.invokeAll(racers);
            assertThat(results)
                    .filteredOn(result -> result.resultNow() instanceof WriteResult.Succeeded)
                    .hasSize(1);
        }
    }
}
