package dev.nftrefresh.pacing;

import static dev.nftrefresh.pacing.GateTimeline.accepted;
import static dev.nftrefresh.pacing.GateTimeline.t;
import static dev.nftrefresh.pacing.SharedGate.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.pacing.RefreshGate.Granted;
import dev.nftrefresh.pacing.RefreshGate.NotBefore;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.pacing.RefreshGate.Why;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.TableTroubles;
import dev.nftrefresh.table.WatchedTable;
import dev.nftrefresh.telemetry.EmfMetrics;
import dev.nftrefresh.telemetry.JsonLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy whose table cannot be reached, or answers oddly. Times are seconds since t0. */
class GateWithoutTableTest {
    private final MemoryTable inner = new MemoryTable();
    private Trouble trouble = Trouble.NONE;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final PrintStream log = new PrintStream(lines, true, StandardCharsets.UTF_8);
    private final EmfMetrics metrics = new EmfMetrics("refresh", log, Clock.systemUTC());
    private final TableGate gate = copy("one");

    private enum Trouble {
        NONE,
        DOWN,
        /** What is written is there, but its writer does not hear of it. */
        ANSWERS_LOST,
        /** The client sent the same write again after a lost answer. */
        WRITES_TWICE
    }

    private TableGate copy(String name) {
        return new TableGate(
                new WatchedTable(new Troubled(), TableTroubles.in(metrics, new JsonLog(log, Clock.systemUTC()))),
                new GateSettings(1e9, QuotaUnit.AUTO, 20),
                name);
    }

    private final class Troubled implements Table {
        @Override
        public Items read(Collection<Key> keys, Duration atMost) {
            if (trouble == Trouble.DOWN) {
                return Items.unread(keys, "The table is down.");
            }
            return inner.read(keys, atMost);
        }

        @Override
        public Map<Key, Item> readPartition(String partition, Duration atMost) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Written> write(List<Write> writes, Duration atMost) {
            return switch (trouble) {
                case NONE -> inner.write(writes, atMost);
                case DOWN -> List.of(new Written.Failed("The table is down."));
                case ANSWERS_LOST -> {
                    inner.write(writes, atMost);
                    yield List.of(new Written.Failed("No answer."));
                }
                case WRITES_TWICE -> {
                    inner.write(writes, atMost);
                    yield inner.write(writes, atMost);
                }
            };
        }
    }

    private static Permit granted(TableGate gate, double at) {
        RefreshGate.Answer answer = gate.ask(FULL, t(at));
        assertThat(answer).isInstanceOf(Granted.class);
        return ((Granted) answer).permit();
    }

    private String metrics() {
        metrics.flush();
        return lines.toString(StandardCharsets.UTF_8);
    }

    @Test
    void goesOnByWhatItKnewAndSaysSo() {
        gate.answered(granted(gate, 0), accepted(2), t(0));
        trouble = Trouble.DOWN;

        gate.answered(granted(gate, 1), accepted(1), t(1));
        gate.answered(granted(gate, 2), accepted(0), t(2));

        assertThat(gate.ask(FULL, t(3))).isEqualTo(new NotBefore(Duration.ofSeconds(3597), Why.CLOSED));
        assertThat(metrics()).contains("\"TableUnavailable\":", "\"level\":\"WARN\"", "The table is down.");
    }

    @Test
    void startsWithoutATable() {
        trouble = Trouble.DOWN;
        Permit probe = granted(gate, 0);
        assertThat(gate.ask(FULL, t(0.1))).isInstanceOf(NotBefore.class);
        gate.answered(probe, accepted(5), t(0.2));
        granted(gate, 0.3);
    }

    @Test
    void looksIntoTheTableAgainAfterFiveSeconds() {
        gate.answered(granted(gate, 0), accepted(50), t(0));
        trouble = Trouble.DOWN;
        granted(gate, 1);
        trouble = Trouble.NONE;
        TableGate other = copy("other");
        other.answered(granted(other, 2), GateTimeline.throttledFor(100), t(2));

        granted(gate, 5.9);
        assertThat(gate.ask(FULL, t(6.1))).isEqualTo(new NotBefore(Duration.ofMillis(95_900), Why.CLOSED));
    }

    @Test
    void aStepThatWasWrittenAlthoughItsAnswerWasLostIsTakenOnce() {
        gate.answered(granted(gate, 0), accepted(3), t(0));
        trouble = Trouble.WRITES_TWICE;

        granted(gate, 1);

        trouble = Trouble.NONE;
        TableGate other = copy("other");
        granted(other, 1.1);
        granted(other, 1.2);
        assertThat(other.ask(FULL, t(1.3))).isInstanceOf(NotBefore.class);
    }

    @Test
    void whatNobodyKnowsToBeWrittenAtWorstHoldsAPlaceForHalfAMinute() {
        gate.answered(granted(gate, 0), accepted(1), t(0));
        trouble = Trouble.ANSWERS_LOST;
        gate.answered(granted(gate, 1), accepted(5), t(1));
        trouble = Trouble.NONE;

        TableGate other = copy("other");
        assertThat(other.ask(FULL, t(2))).isInstanceOf(NotBefore.class);
        granted(other, 32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no notes", "[]", "{\"closed_until\":\"soon\"}", "{\"under_way\":\"1\"}"})
    void whatAnotherRevisionWroteAndNobodyCanReadIsTakenForNothing(String content) {
        inner.write(
                List.of(new Table.Write(new Table.Key("gate", "quota"), null, content, t(0))), Duration.ofSeconds(1));
        granted(gate, 0);
    }
}
