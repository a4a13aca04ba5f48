package dev.nftrefresh.settled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.TableUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SettledTokensTest {
    private static final String FILE = SettledTokens.fileId("bucket", "incoming/a.ndjson", "v1");
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final RecordingTable table = new RecordingTable();
    private final SettledTokens settled = new SettledTokens(table);

    /** A table that can fail, and remembers what it was asked to write. */
    private static final class RecordingTable implements Table {
        private final MemoryTable inner = new MemoryTable();
        private final List<Write> writes = new ArrayList<>();
        private boolean fails;

        @Override
        public Items read(Collection<Key> keys, Duration atMost) {
            return inner.read(keys, atMost);
        }

        @Override
        public Map<Key, Item> readPartition(String partition, Duration atMost) {
            return inner.readPartition(partition, atMost);
        }

        @Override
        public List<Written> write(List<Write> asked, Duration atMost) {
            writes.addAll(asked);
            return fails
                    ? asked.stream()
                            .<Written>map(_ -> new Written.Failed("asked for"))
                            .toList()
                    : inner.write(asked, atMost);
        }
    }

    private boolean add(TokenEnd end, long... elements) {
        return addAt(NOON, end, LongStream.of(elements));
    }

    private boolean addAt(Instant now, TokenEnd end, LongStream elements) {
        var ends = new HashMap<FilePlace, TokenEnd>();
        elements.forEach(element -> ends.put(new FilePlace(FILE, element), end));
        return settled.add(ends, now, AT_MOST);
    }

    private SettledCount count() throws TableUnavailable {
        return settled.count(FILE, 9_999_999, AT_MOST);
    }

    @Test
    void aTokenCountsOnceHoweverOftenItIsSettled() throws TableUnavailable {
        add(TokenEnd.ACCEPTED, 0, 1, 2);
        add(TokenEnd.ACCEPTED, 0, 1, 2);
        add(TokenEnd.ACCEPTED, 2, 3);

        assertThat(count()).isEqualTo(new SettledCount(4, 0, 0, NOON));
    }

    @Test
    void whatWasAcceptedIsNeitherDeadLetteredNorSuperseded() throws TableUnavailable {
        add(TokenEnd.SUPERSEDED, 0, 1, 2, 3);
        add(TokenEnd.DEAD_LETTERED, 0, 1, 4);
        add(TokenEnd.ACCEPTED, 0, 2);

        assertThat(count()).isEqualTo(new SettledCount(2, 1, 2, NOON));
    }

    @Test
    void theLastTimeIsTold() throws TableUnavailable {
        addAt(NOON.plusSeconds(5), TokenEnd.ACCEPTED, LongStream.of(1));
        addAt(NOON, TokenEnd.ACCEPTED, LongStream.of(0));

        assertThat(count().lastAt()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void whatStandsBehindTheLastElementDoesNotCount() throws TableUnavailable {
        add(TokenEnd.ACCEPTED, 0, 9, 10);
        add(TokenEnd.ACCEPTED, 1_000_000, 1_000_001);

        assertThat(settled.count(FILE, 9, AT_MOST).accepted()).isEqualTo(2);
        assertThat(settled.count(FILE, 1_000_000, AT_MOST).accepted()).isEqualTo(4);
        assertThat(settled.count(FILE, -1, AT_MOST)).isEqualTo(SettledCount.NONE);
    }

    @Test
    void anotherUploadIsAnotherFile() throws TableUnavailable {
        add(TokenEnd.ACCEPTED, 0, 1);

        String other = SettledTokens.fileId("bucket", "incoming/a.ndjson", "v2");
        assertThat(settled.count(other, 9, AT_MOST)).isEqualTo(SettledCount.NONE);
    }

    @Test
    void aPassWritesOneNoteForAllThatItAccepted() {
        addAt(NOON, TokenEnd.ACCEPTED, LongStream.range(0, 10_000));

        assertThat(table.writes).singleElement().satisfies(write -> {
            assertThat(write.content())
                    .isEqualTo("{\"end\":\"accepted\",\"elements\":\"0-9999\",\"at\":\"2026-11-30T12:00:00Z\"}");
            assertThat(write.expires()).isEqualTo(NOON.plus(Duration.ofDays(30)));
        });
    }

    /** Every second line of a file may be refused, and an event holds some 60,000 of the shortest tokens. */
    @Test
    void noNoteIsLargerThanAnItemCanBe() throws TableUnavailable {
        addAt(NOON, TokenEnd.ACCEPTED, LongStream.range(0, 60_000).map(i -> 800_000 + 2 * i));

        assertThat(table.writes)
                .allSatisfy(write ->
                        assertThat(String.valueOf(write.content()).length()).isLessThan(300 * 1024));
        assertThat(count().accepted()).isEqualTo(60_000);
    }

    @Test
    void whatWasWrittenWithoutAnAnswerIsWrittenAgain() throws TableUnavailable {
        assertThat(add(TokenEnd.ACCEPTED, 0)).isTrue();
        assertThat(add(TokenEnd.ACCEPTED, 0)).isTrue();

        assertThat(count().accepted()).isEqualTo(1);
    }

    @Test
    void aFailedWriteIsTold() {
        table.fails = true;

        assertThat(add(TokenEnd.ACCEPTED, 0)).isFalse();
    }

    @Test
    void whatCameOutOfNoFileCostsNothing() {
        table.fails = true;

        assertThat(settled.add(Map.of(), NOON, AT_MOST)).isTrue();
        assertThat(table.writes).isEmpty();
    }
}
