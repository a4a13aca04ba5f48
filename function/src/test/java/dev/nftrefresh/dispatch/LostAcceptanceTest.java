package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An older update must not overwrite a newer accepted one, whatever the table does and however long ago that was. */
class LostAcceptanceTest {
    private final InMemoryTable memory = new InMemoryTable();
    private final Map<SharedTable.ItemKey, @Nullable Instant> expiries = new HashMap<>();
    private boolean outcomesFail;
    private int writes;

    /** A table that can refuse to write a request's outcome, and that deletes expired items. */
    private final class ForgetfulTable implements SharedTable {
        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            return memory.read(keys, timeout);
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) {
            return memory.readPartition(partition, timeout);
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> list, Duration timeout) {
            if (outcomesFail && writes++ > 0) {
                return list.stream()
                        .<WriteResult>map(_ -> new WriteResult.Failed("throttled"))
                        .toList();
            }
            list.forEach(write -> expiries.put(write.key(), write.expires()));
            return memory.write(list, timeout);
        }
    }

    private void deleteExpiredItems(Instant now) {
        expiries.forEach((key, expires) -> {
            if (expires != null && expires.isBefore(now)) {
                var seen =
                        memory.read(List.of(key), Duration.ofSeconds(1)).found().get(key);
                memory.write(List.of(new SharedTable.ConditionalWrite(key, seen, null, now)), Duration.ofSeconds(1));
            }
        });
    }

    private final PassRunner run = new PassRunner(_ -> ScriptedApi.ACCEPTED).withTable(new ForgetfulTable());
    private final QueuedUpdate newer = new QueuedUpdateBuilder(run.now()).addMadeAt(SWORDS, "1", run.now());
    private final QueuedUpdate older =
            new QueuedUpdateBuilder(run.now()).addMadeAt(SWORDS, "1", run.now().minusSeconds(60));

    private TokenOutcome pass(QueuedUpdate update) {
        return run.over(List.of(update)).apply(update);
    }

    @Test
    void anAcceptanceThatCouldNotBeRecordedIsNotReportedAsDone() {
        outcomesFail = true;
        TokenOutcome ofNewer = pass(newer);
        outcomesFail = false;
        run.withTable(new ForgetfulTable()).later(Duration.ofMinutes(5)); // the copy was recycled

        assertThat(ofNewer).isInstanceOf(TokenOutcome.Returned.class);
        assertThat(pass(older)).as("waits for the newer one").isInstanceOf(TokenOutcome.Returned.class);
        assertThat(pass(newer)).as("goes again and is known").isInstanceOf(TokenOutcome.Accepted.class);
        assertThat(pass(older)).isEqualTo(new TokenOutcome.Superseded());
    }

    @Test
    void anUpdateOlderThanOneAcceptedLongAgoDoesNotOverwriteIt() {
        assertThat(pass(newer)).isEqualTo(new TokenOutcome.Accepted());
        run.later(Duration.ofDays(400));
        deleteExpiredItems(run.now());

        assertThat(pass(older)).isEqualTo(new TokenOutcome.Superseded());
    }
}
