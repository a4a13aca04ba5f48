package dev.nftrefresh.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.collection.CollectionRefusal.Cause;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an acceptance ends, in a table that may not write. */
class CollectionRefusalsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration AT_MOST = Duration.ofSeconds(2);
    private static final CollectionId SWORDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "a".repeat(40));

    private final MemoryTable inner = new MemoryTable();
    private boolean writable = true;
    private final CollectionRefusals refusals = new CollectionRefusals(new Table() {
        @Override
        public Items read(Collection<Key> keys, Duration atMost) {
            return inner.read(keys, atMost);
        }

        @Override
        public Map<Key, Item> readPartition(String partition, Duration atMost) {
            return inner.readPartition(partition, atMost);
        }

        @Override
        public List<Written> write(List<Write> writes, Duration atMost) {
            return writable
                    ? inner.write(writes, atMost)
                    : writes.stream()
                            .<Written>map(_ -> new Written.Failed("The table is down."))
                            .toList();
        }
    });

    @Test
    void anAcceptanceEndsARefusalOnce() {
        refusals.refused(SWORDS, Cause.NOT_FOUND, null, NOON, AT_MOST);

        assertThat(refusals.accepted(SWORDS, NOON, AT_MOST)).isTrue();

        assertThat(refusals.read(List.of(SWORDS), AT_MOST)).isEmpty();
        assertThat(refusals.accepted(SWORDS, NOON, AT_MOST)).isFalse();
    }

    @Test
    void aRefusalThatCouldNotBeDeletedHasNotEndedForOtherCopies() {
        refusals.refused(SWORDS, Cause.NOT_FOUND, null, NOON, AT_MOST);
        writable = false;

        assertThat(refusals.accepted(SWORDS, NOON, AT_MOST)).isFalse();

        assertThat(refusals.read(List.of(SWORDS), AT_MOST)).isEmpty();
        assertThat(new CollectionRefusals(inner).read(List.of(SWORDS), AT_MOST)).containsKey(SWORDS);
        writable = true;
        assertThat(refusals.accepted(SWORDS, NOON, AT_MOST)).isTrue();
        assertThat(new CollectionRefusals(inner).read(List.of(SWORDS), AT_MOST)).isEmpty();
    }

    /** Else one acceptance that the table was not told would not keep an hour of 404s from being counted to its end. */
    @Test
    void answersBeforeAnAcceptanceThatTheTableWasNotToldAreNotCounted() {
        refusals.refused(SWORDS, Cause.NOT_FOUND, null, NOON, AT_MOST);
        writable = false;
        refusals.accepted(SWORDS, NOON.plus(Duration.ofMinutes(30)), AT_MOST);
        writable = true;

        refusals.refused(SWORDS, Cause.NOT_FOUND, null, NOON.plus(Duration.ofMinutes(55)), AT_MOST);
        CollectionRefusal last =
                refusals.refused(SWORDS, Cause.NOT_FOUND, null, NOON.plus(Duration.ofMinutes(70)), AT_MOST);

        assertThat(last.refusedFor()).isEqualTo(Duration.ofMinutes(15));
        assertThat(last.answers()).isEqualTo(2);
    }
}
