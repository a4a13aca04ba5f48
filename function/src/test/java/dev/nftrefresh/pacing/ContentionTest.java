package dev.nftrefresh.pacing;

import static dev.nftrefresh.pacing.GateTimeline.PATIENCE;
import static dev.nftrefresh.pacing.GateTimeline.acceptedTellingNothing;
import static dev.nftrefresh.pacing.GateTimeline.t;
import static dev.nftrefresh.pacing.SharedGate.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.pacing.RefreshGate.Granted;
import dev.nftrefresh.pacing.RefreshGate.NotBefore;
import dev.nftrefresh.pacing.RefreshGate.Why;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More copies than the one item of the gate can serve at once. */
class ContentionTest {
    private final MemoryTable inner = new MemoryTable();
    private Others others = Others.QUIET;
    private int writes;
    private int othersWrites;

    private enum Others {
        QUIET,
        /** Another copy writes before each write of ours. */
        ALWAYS_FASTER,
        /** They write so much that the table throttles. */
        THROTTLED
    }

    private final class Crowded implements Table {
        @Override
        public Items read(Collection<Key> keys, Duration atMost) {
            return inner.read(keys, atMost);
        }

        @Override
        public Map<Key, Item> readPartition(String partition, Duration atMost) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Written> write(List<Write> theirs, Duration atMost) {
            writes++;
            if (others == Others.THROTTLED) {
                return List.of(new Written.Failed("Throttled."));
            }
            if (others == Others.ALWAYS_FASTER) {
                Key key = theirs.getFirst().key();
                Item item = inner.read(List.of(key), atMost).found().get(key);
                String content = item == null ? "{}" : item.content();
                inner.write(List.of(new Write(key, item, content, null)), atMost);
                othersWrites++;
            }
            return inner.write(theirs, atMost);
        }
    }

    private TableGate copy(String name, double rate) {
        return new TableGate(new Crowded(), new GateSettings(rate, QuotaUnit.REQUEST, 20), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALWAYS_FASTER", "THROTTLED"})
    void nothingIsGrantedThatCouldNotBeWrittenDownAndWaitsGrow(String trouble) {
        var gate = copy("one", 1e9);
        gate.answered(((Granted) gate.ask(FULL, t(0), PATIENCE)).permit(), acceptedTellingNothing(), t(0), PATIENCE);
        others = Others.valueOf(trouble);
        writes = 0;
        Instant now = t(1);
        int asks = 0;
        while (now.isBefore(t(61))) {
            var refusal = (NotBefore) gate.ask(FULL, now, PATIENCE);
            assertThat(refusal.why()).isEqualTo(Why.PACED);
            assertThat(refusal.retryIn()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
            now = now.plus(refusal.retryIn());
            asks++;
        }
        assertThat(asks).isBetween(12, 60);
        assertThat(writes).isLessThanOrEqualTo(2 * asks);
    }

    @Test
    void whatAnAnswerToldIsNotLostWhereOthersAreFaster() {
        var gate = copy("one", 1e9);
        var permit = ((Granted) gate.ask(FULL, t(0), PATIENCE)).permit();
        others = Others.ALWAYS_FASTER;
        gate.answered(permit, GateTimeline.throttledFor(100), t(1), PATIENCE);
        assertThat(othersWrites).isLessThanOrEqualTo(4);
        others = Others.QUIET;
        gate.ask(FULL, t(2), PATIENCE);

        assertThat(copy("other", 1e9).ask(FULL, t(3), PATIENCE))
                .isEqualTo(new NotBefore(Duration.ofSeconds(98), Why.CLOSED));
    }

    private record Asking(TableGate gate, Instant at) {}

    /** All ask at once, and again exactly when they were told to. */
    @ParameterizedTest
    @ValueSource(ints = {2, 50, 400})
    void howeverManyCopiesThereAreNoMoreThanThePaceIsGrantedAndHardlyLess(int copies) {
        var asking = new PriorityQueue<>(Comparator.comparing(Asking::at));
        IntStream.range(0, copies).forEach(i -> asking.add(new Asking(copy("copy-" + i, 4), t(i * 0.001))));
        int granted = 0;
        Instant last = Instant.MIN;
        while (true) {
            Asking next = asking.remove();
            if (next.at().isAfter(t(30))) {
                break;
            }
            Duration again = Duration.ofMillis(1);
            switch (next.gate().ask(FULL, next.at(), PATIENCE)) {
                case Granted(RefreshGate.Permit permit, int _) -> {
                    assertThat(last.plusMillis(250)).isBeforeOrEqualTo(next.at());
                    last = next.at();
                    granted++;
                    next.gate().answered(permit, acceptedTellingNothing(), next.at(), PATIENCE);
                }
                case NotBefore(Duration retryIn, Why _) -> again = retryIn;
                case RefreshGate.NextShared(Duration retryIn, Duration _, boolean _) -> again = retryIn;
            }
            asking.add(new Asking(next.gate(), next.at().plus(again)));
        }
        assertThat(granted).isBetween(115, 121);
    }
}
