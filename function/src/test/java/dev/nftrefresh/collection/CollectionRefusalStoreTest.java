package dev.nftrefresh.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.collection.CollectionRefusal.RefusalCause;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an acceptance ends, in a table that may not write. */
class CollectionRefusalStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration AT_MOST = Duration.ofSeconds(2);
    private static final CollectionId SWORDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "a".repeat(40));

    private final InMemoryTable inner = new InMemoryTable();
    private boolean writable = true;
    private final CollectionRefusalStore refusals = new CollectionRefusalStore(new SharedTable() {
        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            return inner.read(keys, timeout);
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) {
            return inner.readPartition(partition, timeout);
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
            return writable
                    ? inner.write(writes, timeout)
                    : writes.stream()
                            .<WriteResult>map(_ -> new WriteResult.Failed("The table is down."))
                            .toList();
        }
    });

    @Test
    void anAcceptanceEndsARefusalOnce() {
        refusals.refused(SWORDS, RefusalCause.NOT_FOUND, null, NOON, AT_MOST);

        assertThat(refusals.accepted(SWORDS, NOON, AT_MOST)).isTrue();

        assertThat(refusals.read(List.of(SWORDS), AT_MOST)).isEmpty();
        assertThat(refusals.accepted(SWORDS, NOON, AT_MOST)).isFalse();
    }

    /** An item that says so already is not written again with each acceptance. */
    @Test
    void anAcceptanceAfterRefusedTokensIsRememberedAndWrittenOnce() {
        for (int i = 0; i < 3; i++) {
            refusals.singleTokenRefused(SWORDS, false, NOON, AT_MOST);
        }

        assertThat(refusals.accepted(SWORDS, NOON.plusSeconds(11), AT_MOST))
                .as("the wait ended")
                .isTrue();

        writable = false;
        assertThat(refusals.accepted(SWORDS, NOON.plusSeconds(12), AT_MOST)).isFalse();
        assertThat(new CollectionRefusalStore(inner).read(List.of(SWORDS), AT_MOST))
                .hasEntrySatisfying(SWORDS, refusal -> {
                    assertThat(refusal.isWaiting()).isFalse();
                    assertThat(refusal.certainRefusalsLeft()).isEqualTo(CollectionRefusal.MAX_CERTAIN_IN_A_ROW);
                });
    }

    /** The answer of a slow probe arrives after another copy's acceptance, and begins a wait once more. */
    @Test
    void anAcceptanceEndsAWaitThatALateProbeBeganAfterTheLastOne() {
        for (int i = 0; i < 3; i++) {
            refusals.singleTokenRefused(SWORDS, false, NOON, AT_MOST);
        }
        CollectionRefusal probed =
                refusals.read(List.of(SWORDS), AT_MOST).values().iterator().next();
        assertThat(refusals.tryProbe(SWORDS, NOON.plusSeconds(11), AT_MOST)).isTrue();
        refusals.accepted(SWORDS, NOON.plusSeconds(12), AT_MOST);
        assertThat(refusals.refusedAgain(SWORDS, probed, NOON.plusSeconds(13), AT_MOST)
                        .isWaiting())
                .isTrue();

        assertThat(refusals.accepted(SWORDS, NOON.plusSeconds(30), AT_MOST)).isTrue();

        assertThat(refusals.read(List.of(SWORDS), AT_MOST).values()).noneMatch(CollectionRefusal::isWaiting);
    }

    @Test
    void aRefusalThatCouldNotBeDeletedHasNotEndedForOtherCopies() {
        refusals.refused(SWORDS, RefusalCause.NOT_FOUND, null, NOON, AT_MOST);
        writable = false;

        assertThat(refusals.accepted(SWORDS, NOON, AT_MOST)).isFalse();

        assertThat(refusals.read(List.of(SWORDS), AT_MOST)).isEmpty();
        assertThat(new CollectionRefusalStore(inner).read(List.of(SWORDS), AT_MOST))
                .containsKey(SWORDS);
        writable = true;
        assertThat(refusals.accepted(SWORDS, NOON, AT_MOST)).isTrue();
        assertThat(new CollectionRefusalStore(inner).read(List.of(SWORDS), AT_MOST))
                .isEmpty();
    }

    /**
     * Otherwise an acceptance that could not be written would not stop an hour of 404s from being counted to its end.
     */
    @Test
    void answersBeforeAnUnwrittenAcceptanceAreNotCounted() {
        refusals.refused(SWORDS, RefusalCause.NOT_FOUND, null, NOON, AT_MOST);
        writable = false;
        refusals.accepted(SWORDS, NOON.plus(Duration.ofMinutes(30)), AT_MOST);
        writable = true;

        refusals.refused(SWORDS, RefusalCause.NOT_FOUND, null, NOON.plus(Duration.ofMinutes(55)), AT_MOST);
        CollectionRefusal last =
                refusals.refused(SWORDS, RefusalCause.NOT_FOUND, null, NOON.plus(Duration.ofMinutes(70)), AT_MOST);

        assertThat(last.refusedFor()).isEqualTo(Duration.ofMinutes(15));
        assertThat(last.answers()).isEqualTo(2);
    }
}
