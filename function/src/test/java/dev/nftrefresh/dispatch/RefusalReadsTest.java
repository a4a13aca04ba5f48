package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableUnavailableException;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a pass reads of the collections that the API may refuse. */
class RefusalReadsTest {
    private static final int COLLECTIONS = 300;

    private final RefusalReads table = new RefusalReads(new InMemoryTable());

    @Test
    void eachCollectionIsReadOnceThoughItsUpdatesAreLookedUpLater() {
        Instant reset = Instant.now().plusSeconds(3_600);
        var run = new PassRunner(_ -> new RefreshOutcome.Accepted(
                        new ReportedQuota(100L, 50L, reset, Duration.ofHours(1), List.of())))
                .withTable(table);
        run.over(new QueuedUpdateBuilder(run.now()).addMany(SWORDS, 0, 1));
        table.count = 0;

        var queued = new QueuedUpdateBuilder(run.now());
        for (int i = 0; i < COLLECTIONS; i++) {
            var collection = new CollectionId(SWORDS.chainName(), "0x%040x".formatted(i));
            queued.addAged(collection, "1", Duration.ofMinutes(10), 2);
        }
        run.over(queued.updates());

        // The quota is spent evenly: nothing goes so soon after the first one.
        assertThat(run.api.requests()).hasSize(1);
        assertThat(table.count).isEqualTo(COLLECTIONS);
    }

    private static final class RefusalReads implements SharedTable {
        private final SharedTable table;
        private int count;

        RefusalReads(SharedTable table) {
            this.table = table;
        }

        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            for (ItemKey key : keys) {
                count += key.partition().startsWith("collection ") ? 1 : 0;
            }
            return table.read(keys, timeout);
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout)
                throws TableUnavailableException {
            return table.readPartition(partition, timeout);
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
            return table.write(writes, timeout);
        }
    }
}
