package dev.nftrefresh.pacing;

import static dev.nftrefresh.pacing.GateTimeline.PATIENCE;
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
        RefreshGate.Answer answer = gate.ask(FULL, t(at), PATIENCE);
        assertThat(answer).isInstanceOf(Granted.class);
        return ((Granted) answer).permit();
    }

    private String metrics() {
        metrics.flush();
        return lines.toString(StandardCharsets.UTF_8);
    }

    /** Ten seconds in which no call comes through. */
    private void cannotBeReachedFrom(double at) {
        trouble = Trouble.DOWN;
        assertThat(gate.ask(FULL, t(at), PATIENCE)).isInstanceOf(NotBefore.class);
    }

    @Test
    void atFirstItMayBeBusyAndNothingIsGranted() {
        gate.answered(granted(gate, 0), accepted(50), t(0), PATIENCE);
        trouble = Trouble.DOWN;
        for (double at = 1; at < 10.95; at += 0.1) {
            assertThat(gate.ask(FULL, t(at), PATIENCE)).isInstanceOfSatisfying(NotBefore.class, refusal -> {
                assertThat(refusal.why()).isEqualTo(Why.PACED);
                assertThat(refusal.retryIn()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
            });
        }
        assertThat(metrics()).contains("\"TableUnavailable\":", "\"level\":\"WARN\"", "The table is down.");
    }

    @Test
    void goesOnByWhatItKnew() {
        gate.answered(granted(gate, 0), accepted(2), t(0), PATIENCE);
        cannotBeReachedFrom(1);

        gate.answered(granted(gate, 12), accepted(1), t(12), PATIENCE);
        gate.answered(granted(gate, 13), accepted(0), t(13), PATIENCE);

        assertThat(gate.ask(FULL, t(14), PATIENCE)).isInstanceOfSatisfying(NotBefore.class, refusal -> {
            assertThat(refusal.why()).isEqualTo(Why.CLOSED);
            assertThat(refusal.retryIn()).isBetween(Duration.ofSeconds(3586), Duration.ofSeconds(3590));
        });
    }

    @Test
    void startsWithoutATable() {
        cannotBeReachedFrom(0);
        Permit probe = granted(gate, 12);
        assertThat(gate.ask(FULL, t(12.1), PATIENCE)).isInstanceOf(NotBefore.class);
        gate.answered(probe, accepted(5), t(12.2), PATIENCE);
        granted(gate, 12.3);
    }

    @Test
    void aloneItKeepsToItsPartOfThePaceOfAllCopies() {
        var one = new TableGate(new Troubled(), new GateSettings(4, QuotaUnit.AUTO, 20, 8, true), "one");
        trouble = Trouble.DOWN;
        one.ask(FULL, t(0), PATIENCE);
        int granted = 0;
        for (double at = 12; at < 72; at += 0.05) {
            if (one.ask(FULL, t(at), PATIENCE) instanceof Granted(Permit permit, int _)) {
                one.answered(permit, GateTimeline.acceptedTellingNothing(), t(at), PATIENCE);
                granted++;
            }
        }
        assertThat(granted).isBetween(28, 31); // half a request a second
    }

    @Test
    void whatAnAnswerToldIsWrittenDownAsSoonAsTheTableIsBack() {
        Permit permit = granted(gate, 0);
        trouble = Trouble.DOWN;
        gate.answered(permit, accepted(0), t(1), PATIENCE);
        trouble = Trouble.NONE;
        gate.ask(FULL, t(3), PATIENCE);

        assertThat(copy("other").ask(FULL, t(4), PATIENCE))
                .isEqualTo(new NotBefore(Duration.ofSeconds(3596), Why.CLOSED));
    }

    @Test
    void aWriteThatWasDoneAlthoughItFailedTellsItsAnswerOnce() {
        gate.answered(granted(gate, 0), GateTimeline.acceptedTellingNothing(), t(0), PATIENCE);
        Permit permit = granted(gate, 1);
        trouble = Trouble.ANSWERS_LOST;
        assertThat(gate.answered(permit, GateTimeline.unanswered(), t(2), PATIENCE))
                .isEqualTo(1);
        trouble = Trouble.NONE;

        assertThat(gate.answered(granted(gate, 4), GateTimeline.unanswered(), t(5), PATIENCE))
                .isEqualTo(2);
    }

    @Test
    void looksIntoTheTableAgainAfterFiveSeconds() {
        gate.answered(granted(gate, 0), accepted(50), t(0), PATIENCE);
        cannotBeReachedFrom(1);
        granted(gate, 12);
        trouble = Trouble.NONE;
        TableGate other = copy("other");
        other.answered(granted(other, 13), GateTimeline.throttledFor(100), t(13), PATIENCE);

        granted(gate, 16.9);
        assertThat(gate.ask(FULL, t(17.1), PATIENCE)).isInstanceOfSatisfying(NotBefore.class, refusal -> {
            assertThat(refusal.why()).isEqualTo(Why.CLOSED);
            assertThat(refusal.retryIn()).isBetween(Duration.ofMillis(95_900), Duration.ofSeconds(100));
        });
    }

    @Test
    void aStepThatWasWrittenAlthoughItsAnswerWasLostIsTakenOnce() {
        gate.answered(granted(gate, 0), accepted(3), t(0), PATIENCE);
        trouble = Trouble.WRITES_TWICE;

        granted(gate, 1);

        trouble = Trouble.NONE;
        TableGate other = copy("other");
        granted(other, 1.1);
        granted(other, 1.2);
        assertThat(other.ask(FULL, t(1.3), PATIENCE)).isInstanceOf(NotBefore.class);
    }

    @Test
    void whatNobodyKnowsToBeWrittenAtWorstHoldsAPlaceForHalfAMinute() {
        gate.answered(granted(gate, 0), accepted(1), t(0), PATIENCE);
        trouble = Trouble.ANSWERS_LOST;
        assertThat(gate.ask(FULL, t(1), PATIENCE)).isInstanceOf(NotBefore.class);
        trouble = Trouble.NONE;

        TableGate other = copy("other");
        assertThat(other.ask(FULL, t(2), PATIENCE)).isInstanceOf(NotBefore.class);
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
