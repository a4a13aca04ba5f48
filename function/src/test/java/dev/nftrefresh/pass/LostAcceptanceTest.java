package dev.nftrefresh.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ledger.TableLedger;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each pass runs on a copy of its own, which is recycled after it: what it knows it has written into the table. */
class LostAcceptanceTest {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private final MemoryTable inner = new MemoryTable();
    private final ScriptedApi api = new ScriptedApi(_ -> ScriptedApi.ACCEPTED);
    private final Instant noon = Instant.now();
    private final QueuedUpdate newer = new Queued(noon).addMadeAt(Queued.SWORDS, "1", noon);
    private final QueuedUpdate older = new Queued(noon).addMadeAt(Queued.SWORDS, "1", noon.minusSeconds(60));

    /** A table that takes first claims and nothing after them. */
    private final class TakesOnlyClaims implements Table {
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
            return writes.stream()
                    .map(write -> write.seen() == null
                            ? inner.write(List.of(write), atMost).getFirst()
                            : new Written.Failed("throttled"))
                    .toList();
        }
    }

    /** As DynamoDB's TTL leaves it long after. */
    private final class WithoutWhatExpired implements Table {
        private final Map<Key, Instant> expiries = new HashMap<>();
        private Instant now = noon;

        @Override
        public Items read(Collection<Key> keys, Duration atMost) {
            return inner.read(
                    keys.stream()
                            .filter(key -> !now.isAfter(expiries.getOrDefault(key, Instant.MAX)))
                            .toList(),
                    atMost);
        }

        @Override
        public Map<Key, Item> readPartition(String partition, Duration atMost) {
            return inner.readPartition(partition, atMost);
        }

        @Override
        public List<Written> write(List<Write> writes, Duration atMost) {
            for (Write write : writes) {
                expiries.put(write.key(), write.expires() == null ? Instant.MAX : write.expires());
            }
            return inner.write(writes, atMost);
        }
    }

    private Fate pass(Table table, QueuedUpdate update, Instant now) {
        var clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), now));
        var ledger = new TableLedger(table, _ -> {}, TWO_MINUTES, Duration.ZERO, clock);
        return new PassRun(api, ledger, clock).over(List.of(update)).apply(update);
    }

    @Test
    void anAcceptanceThatCouldNotBeWrittenDownDoesNotLetAnOlderUpdateUndoIt() {
        Fate ofNewer = pass(new TakesOnlyClaims(), newer, noon);
        assertThat(ofNewer).isInstanceOf(Fate.Returned.class);

        assertThat(pass(inner, older, noon.plusSeconds(60))).isInstanceOf(Fate.Returned.class);
        assertThat(pass(inner, newer, noon.plusSeconds(70))).isEqualTo(new Fate.Accepted());
        assertThat(pass(inner, older, noon.plus(Duration.ofHours(25)))).isEqualTo(new Fate.Superseded());
    }

    @Test
    void anUpdateOlderThanOneAcceptedYearsAgoDoesNotUndoIt() {
        var table = new WithoutWhatExpired();
        assertThat(pass(table, newer, noon)).isEqualTo(new Fate.Accepted());

        table.now = noon.plus(Duration.ofDays(1000));
        assertThat(pass(table, older, table.now)).isEqualTo(new Fate.Superseded());
        assertThat(api.requests()).hasSize(1);
    }
}
