package dev.nftrefresh.collection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nftrefresh.collection.CollectionRefusal.Cause;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Whatever stands in the item of a refused collection, it says nothing or something that the next answer builds on. */
class RefusalItemFuzzTest {
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final CollectionId SWORDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "a".repeat(40));
    private static final Table.Key ITEM = new Table.Key("collection " + SWORDS, "refusal");

    private final MemoryTable table = new MemoryTable();
    private final CollectionRefusals refusals = new CollectionRefusals(table);

    @FuzzTest
    void itemIsReadOrReplaced(byte[] content) {
        String text = new String(content, UTF_8);
        for (Cause cause : Cause.values()) {
            putBack(text);
            CollectionRefusal known = refusals.read(List.of(SWORDS), AT_MOST).get(SWORDS);
            if (known != null) {
                assertSound(known);
                refusals.takesTry(SWORDS, NOW, AT_MOST);
                assertSound(refusals.refusedAgain(SWORDS, known, NOW, AT_MOST));
                assertKept();
            }
            putBack(text);
            assertSound(refusals.refused(SWORDS, cause, NOW, NOW, AT_MOST));
            assertKept();
            putBack(text);
            assertSound(refusals.loneTokenRefused(SWORDS, NOW, AT_MOST));
            assertKept();
        }
        assertThat(refusals.accepted(SWORDS, NOW, AT_MOST)).isTrue();
        assertThat(refusals.read(List.of(SWORDS), AT_MOST)).isEmpty();
    }

    private void putBack(String text) {
        Map<Table.Key, Table.Item> found = table.read(List.of(ITEM), AT_MOST).found();
        table.write(List.of(new Table.Write(ITEM, found.get(ITEM), text, null)), AT_MOST);
    }

    /** What was written says the same to another copy. */
    private void assertKept() {
        Map<CollectionId, CollectionRefusal> kept = refusals.read(List.of(SWORDS), AT_MOST);
        assertThat(kept).containsOnlyKeys(SWORDS);
        kept.values().forEach(RefusalItemFuzzTest::assertSound);
    }

    private static void assertSound(CollectionRefusal refusal) {
        assertThat(refusal.waitLeft(NOW)).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(refusal.answers()).isNotNegative();
        assertThat(refusal.waits()).isNotNegative();
        assertThat(refusal.comesBackIn(NOW)).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(refusal.givesUp(Duration.ofDays(2), NOW)
                        && refusal.refusedFor().compareTo(Duration.ofHours(1)) < 0)
                .isFalse();
    }
}
