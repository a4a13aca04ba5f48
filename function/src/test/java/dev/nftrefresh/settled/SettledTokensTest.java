package dev.nftrefresh.settled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettledTokensTest {
    private static final String FILE = SettledTokens.fileId("bucket", "incoming/a.ndjson", "v1");
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final RecordingTable table = new RecordingTable();
    private final SettledTokens settled = new SettledTokens(table);

    /** A table that can fail, and records what it was asked to write. */
    private static final class RecordingTable implements SharedTable {
        private final InMemoryTable inner = new InMemoryTable();
        private final List<ConditionalWrite> writes = new ArrayList<>();
        private boolean fails;

        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            return inner.read(keys, timeout);
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) {
            return inner.readPartition(partition, timeout);
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> asked, Duration timeout) {
            writes.addAll(asked);
            return fails
                    ? asked.stream()
                            .<WriteResult>map(_ -> new WriteResult.Failed("asked for"))
                            .toList()
                    : inner.write(asked, timeout);
        }
    }

    private boolean add(SettledTokenOutcome end, long... elements) {
        return addAt(NOON, end, LongStream.of(elements));
    }

    private boolean addAt(Instant now, SettledTokenOutcome end, LongStream elements) {
        var ends = new HashMap<FileTokenPosition, SettledTokenOutcome>();
        elements.forEach(element -> ends.put(new FileTokenPosition(FILE, element), end));
        return settled.add(ends, now, AT_MOST);
    }

    private SettledCount count() throws TableUnavailableException {
        return settled.count(FILE, 9_999_999, AT_MOST);
    }

    @Test
    void aTokenCountsOnceHoweverOftenItIsSettled() throws TableUnavailableException {
        add(SettledTokenOutcome.ACCEPTED, 0, 1, 2);
        add(SettledTokenOutcome.ACCEPTED, 0, 1, 2);
        add(SettledTokenOutcome.ACCEPTED, 2, 3);

        assertThat(count()).isEqualTo(new SettledCount(4, 0, 0, NOON));
    }

    @Test
    void anAcceptedTokenIsNeitherDeadLetteredNorSuperseded() throws TableUnavailableException {
        add(SettledTokenOutcome.SUPERSEDED, 0, 1, 2, 3);
        add(SettledTokenOutcome.DEAD_LETTERED, 0, 1, 4);
        add(SettledTokenOutcome.ACCEPTED, 0, 2);

        assertThat(count()).isEqualTo(new SettledCount(2, 1, 2, NOON));
    }

    @Test
    void theLastTimeIsReturned() throws TableUnavailableException {
        addAt(NOON.plusSeconds(5), SettledTokenOutcome.ACCEPTED, LongStream.of(1));
        addAt(NOON, SettledTokenOutcome.ACCEPTED, LongStream.of(0));

        assertThat(count().lastAt()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void elementsAfterTheLastOneDoNotCount() throws TableUnavailableException {
        add(SettledTokenOutcome.ACCEPTED, 0, 9, 10);
        add(SettledTokenOutcome.ACCEPTED, 1_000_000, 1_000_001);

        assertThat(settled.count(FILE, 9, AT_MOST).accepted()).isEqualTo(2);
        assertThat(settled.count(FILE, 1_000_000, AT_MOST).accepted()).isEqualTo(4);
        assertThat(settled.count(FILE, -1, AT_MOST)).isEqualTo(SettledCount.NONE);
    }

    /** A newer version of the stack wrote it, and was rolled back. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"end\":\"withdrawn\",\"elements\":\"3-5\",\"at\":\"2026-11-30T13:00:00Z\"}",
                "{\"end\":\"accepted\",\"elements\":\"3..5\",\"at\":\"2026-11-30T13:00:00Z\"}",
                "{\"end\":\"accepted\",\"elements\":\"1000000\",\"at\":\"2026-11-30T12:00:00Z\"}",
                "{\"end\":\"accepted\",\"elements\":\"3000000000\",\"at\":\"2026-11-30T12:00:00Z\"}",
                "{\"end\":\"accepted\",\"at\":\"2026-11-30T13:00:00Z\"}",
                "{\"end\":\"accepted\",\"elements\":\"3-5\",\"at\":\"1969-11-30T13:00:00Z\"}",
                "{}",
                "accepted 3-5"
            })
    void anUnreadableRecordDoesNotStopTheCount(String content) throws TableUnavailableException {
        add(SettledTokenOutcome.ACCEPTED, 0, 1);
        String partition = table.writes.getFirst().key().partition();
        table.inner.write(
                List.of(new SharedTable.ConditionalWrite(
                        new SharedTable.ItemKey(partition, "of a newer version"), null, content, null)),
                AT_MOST);

        assertThat(count()).isEqualTo(new SettledCount(2, 0, 0, NOON));
    }

    @Test
    void anotherUploadIsAnotherFile() throws TableUnavailableException {
        add(SettledTokenOutcome.ACCEPTED, 0, 1);

        String other = SettledTokens.fileId("bucket", "incoming/a.ndjson", "v2");
        assertThat(settled.count(other, 9, AT_MOST)).isEqualTo(SettledCount.NONE);
    }

    @Test
    void aPassWritesOneRecordForAllThatItAccepted() {
        addAt(NOON, SettledTokenOutcome.ACCEPTED, LongStream.range(0, 10_000));

        assertThat(table.writes).singleElement().satisfies(write -> {
            assertThat(write.content())
                    .isEqualTo("{\"end\":\"accepted\",\"elements\":\"0-9999\",\"at\":\"2026-11-30T12:00:00Z\"}");
            assertThat(write.expires()).isEqualTo(NOON.plus(Duration.ofDays(30)));
        });
    }

    /** Every second line of a file may be refused, and an event holds some 60,000 of the shortest tokens. */
    @Test
    void noRecordIsLargerThanAnItemCanBe() throws TableUnavailableException {
        addAt(NOON, SettledTokenOutcome.ACCEPTED, LongStream.range(0, 60_000).map(i -> 800_000 + 2 * i));

        assertThat(table.writes)
                .allSatisfy(write ->
                        assertThat(String.valueOf(write.content()).length()).isLessThan(300 * 1024));
        assertThat(count().accepted()).isEqualTo(60_000);
    }

    @Test
    void aWriteWithoutAnAnswerIsRepeated() throws TableUnavailableException {
        assertThat(add(SettledTokenOutcome.ACCEPTED, 0)).isTrue();
        assertThat(add(SettledTokenOutcome.ACCEPTED, 0)).isTrue();

        assertThat(count().accepted()).isEqualTo(1);
    }

    @Test
    void aFailedWriteIsReported() {
        table.fails = true;

        assertThat(add(SettledTokenOutcome.ACCEPTED, 0)).isFalse();
    }

    @Test
    void updatesFromNoFileCostNothing() {
        table.fails = true;

        assertThat(settled.add(Map.of(), NOON, AT_MOST)).isTrue();
        assertThat(table.writes).isEmpty();
    }
}
