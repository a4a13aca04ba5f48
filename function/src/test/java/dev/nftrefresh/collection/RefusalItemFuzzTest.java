package dev.nftrefresh.collection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nftrefresh.collection.CollectionRefusal.RefusalCause;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Whatever the item of a refused collection contains, it is ignored, or the next answer continues from it. */
class RefusalItemFuzzTest {
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final CollectionId SWORDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "a".repeat(40));
    private static final SharedTable.ItemKey ITEM = new SharedTable.ItemKey("collection " + SWORDS, "refusal");

    private final InMemoryTable table = new InMemoryTable();
    private final CollectionRefusalStore refusals = new CollectionRefusalStore(table);

    @FuzzTest
    void itemIsReadOrReplaced(byte[] content) {
        String text = new String(content, UTF_8);
        for (RefusalCause cause : RefusalCause.values()) {
            putBack(text);
            CollectionRefusal known = refusals.read(List.of(SWORDS), AT_MOST).get(SWORDS);
            if (known != null) {
                assertSound(known);
                refusals.tryProbe(SWORDS, NOW, AT_MOST);
                assertSound(refusals.refusedAgain(SWORDS, known, NOW, AT_MOST));
                assertKept();
            }
            putBack(text);
            assertSound(refusals.refused(SWORDS, cause, NOW, NOW, AT_MOST));
            assertKept();
            putBack(text);
            assertSound(refusals.singleTokenRefused(SWORDS, true, NOW, AT_MOST));
            assertSound(refusals.singleTokenRefused(SWORDS, false, NOW, AT_MOST));
            assertKept();
        }
        putBack(text);
        refusals.accepted(SWORDS, NOW, AT_MOST);
        assertThat(refusals.read(List.of(SWORDS), AT_MOST).values()).noneMatch(CollectionRefusal::isWaiting);
    }

    private void putBack(String text) {
        Map<SharedTable.ItemKey, SharedTable.TableItem> found =
                table.read(List.of(ITEM), AT_MOST).found();
        table.write(List.of(new SharedTable.ConditionalWrite(ITEM, found.get(ITEM), text, null)), AT_MOST);
    }

    /** Another copy reads the same from what was written. */
    private void assertKept() {
        Map<CollectionId, CollectionRefusal> kept = refusals.read(List.of(SWORDS), AT_MOST);
        assertThat(kept).containsOnlyKeys(SWORDS);
        kept.values().forEach(RefusalItemFuzzTest::assertSound);
    }

    private static void assertSound(CollectionRefusal refusal) {
        assertThat(refusal.remainingWait(NOW)).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(refusal.answers()).isNotNegative();
        assertThat(refusal.waitCount()).isNotNegative();
        assertThat(refusal.certainRefusalsLeft()).isBetween(0, CollectionRefusal.MAX_CERTAIN_IN_A_ROW);
        assertThat(refusal.returnDelay(NOW)).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(refusal.isExpired(Duration.ofDays(2), NOW)
                        && refusal.refusedFor().compareTo(Duration.ofHours(1)) < 0)
                .isFalse();
    }
}
