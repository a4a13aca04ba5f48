package dev.nftrefresh.pass;

import static dev.nftrefresh.pass.Queued.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An older update must not undo a newer one that was accepted, whatever the table does and however long ago it was. */
class LostAcceptanceTest {
    private final MemoryTable memory = new MemoryTable();
    private final Map<Table.Key, @Nullable Instant> expiries = new HashMap<>();
    private boolean outcomesFail;
    private int writes;

    /** The table, which can refuse to write how a request went, and which deletes what expires. */
    private final class ForgetfulTable implements Table {
        @Override
        public Items read(Collection<Key> keys, Duration atMost) {
            return memory.read(keys, atMost);
        }

        @Override
        public Map<Key, Item> readPartition(String partition, Duration atMost) {
            return memory.readPartition(partition, atMost);
        }

        @Override
        public List<Written> write(List<Write> list, Duration atMost) {
            if (outcomesFail && writes++ > 0) {
                return list.stream()
                        .<Written>map(_ -> new Written.Failed("throttled"))
                        .toList();
            }
            list.forEach(write -> expiries.put(write.key(), write.expires()));
            return memory.write(list, atMost);
        }
    }

    private void deleteWhatExpired(Instant now) {
        expiries.forEach((key, expires) -> {
            if (expires != null && expires.isBefore(now)) {
                var seen =
                        memory.read(List.of(key), Duration.ofSeconds(1)).found().get(key);
                memory.write(List.of(new Table.Write(key, seen, null, now)), Duration.ofSeconds(1));
            }
        });
    }

    private final PassRun run = new PassRun(_ -> ScriptedApi.ACCEPTED).withTable(new ForgetfulTable());
    private final QueuedUpdate newer = new Queued(run.now()).addMadeAt(SWORDS, "1", run.now());
    private final QueuedUpdate older =
            new Queued(run.now()).addMadeAt(SWORDS, "1", run.now().minusSeconds(60));

    private Fate pass(QueuedUpdate update) {
        return run.over(List.of(update)).apply(update);
    }

    @Test
    void anAcceptanceThatCouldNotBeWrittenDownIsNotReportedAsDone() {
        outcomesFail = true;
        Fate ofNewer = pass(newer);
        outcomesFail = false;
        run.withTable(new ForgetfulTable()).later(Duration.ofMinutes(5)); // the copy was recycled

        assertThat(ofNewer).isInstanceOf(Fate.Returned.class);
        assertThat(pass(older)).as("waits for the newer one").isInstanceOf(Fate.Returned.class);
        assertThat(pass(newer)).as("goes again and is known").isInstanceOf(Fate.Accepted.class);
        assertThat(pass(older)).isEqualTo(new Fate.Superseded());
    }

    @Test
    void anUpdateOlderThanOneAcceptedLongAgoDoesNotUndoIt() {
        assertThat(pass(newer)).isEqualTo(new Fate.Accepted());
        run.later(Duration.ofDays(400));
        deleteWhatExpired(run.now());

        assertThat(pass(older)).isEqualTo(new Fate.Superseded());
    }
}
