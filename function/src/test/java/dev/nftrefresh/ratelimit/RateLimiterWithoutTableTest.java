package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.PATIENCE;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.accepted;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.t;
import static dev.nftrefresh.ratelimit.SharedRateLimiter.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ratelimit.RateLimiter.DenialReason;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.MonitoredTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableFailureListener;
import dev.nftrefresh.telemetry.EmfRefreshMetrics;
import dev.nftrefresh.telemetry.JsonLogger;
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

/** A copy whose table cannot be reached, or answers unexpectedly. Times are seconds since t0. */
class RateLimiterWithoutTableTest {
    private final InMemoryTable inner = new InMemoryTable();
    private TableFailure trouble = TableFailure.NONE;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final PrintStream log = new PrintStream(lines, true, StandardCharsets.UTF_8);
    private final EmfRefreshMetrics metrics = new EmfRefreshMetrics("refresh", log, Clock.systemUTC());
    private final TableRateLimiter limiter = copy("one");

    private enum TableFailure {
        NONE,
        DOWN,
        /** The write succeeds, but its answer is lost. */
        ANSWERS_LOST,
        /** The client sent the same write again after a lost answer. */
        WRITES_TWICE
    }

    private TableRateLimiter copy(String name) {
        return new TableRateLimiter(
                new MonitoredTable(
                        new FailingTable(), TableFailureListener.in(metrics, new JsonLogger(log, Clock.systemUTC()))),
                new RateLimiterSettings(1e9, QuotaUnit.AUTO, 20),
                name);
    }

    private final class FailingTable implements SharedTable {
        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            if (trouble == TableFailure.DOWN) {
                return ReadResult.allUnread(keys, "The table is down.");
            }
            return inner.read(keys, timeout);
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
            return switch (trouble) {
                case NONE -> inner.write(writes, timeout);
                case DOWN -> List.of(new WriteResult.Failed("The table is down."));
                case ANSWERS_LOST -> {
                    inner.write(writes, timeout);
                    yield List.of(new WriteResult.Failed("No answer."));
                }
                case WRITES_TWICE -> {
                    inner.write(writes, timeout);
                    yield inner.write(writes, timeout);
                }
            };
        }
    }

    private static Permit granted(TableRateLimiter limiter, double at) {
        RateLimiter.PermitDecision answer = limiter.tryAcquire(FULL, t(at), PATIENCE);
        assertThat(answer).isInstanceOf(Granted.class);
        return ((Granted) answer).permit();
    }

    private String metrics() {
        metrics.flush();
        return lines.toString(StandardCharsets.UTF_8);
    }

    /** No call succeeds for ten seconds. */
    private void cannotBeReachedFrom(double at) {
        trouble = TableFailure.DOWN;
        assertThat(limiter.tryAcquire(FULL, t(at), PATIENCE)).isInstanceOf(Denied.class);
    }

    @Test
    void atFirstTheTableMayBeBusyAndNothingIsGranted() {
        limiter.recordOutcome(granted(limiter, 0), accepted(50), t(0), PATIENCE);
        trouble = TableFailure.DOWN;
        for (double at = 1; at < 10.95; at += 0.1) {
            assertThat(limiter.tryAcquire(FULL, t(at), PATIENCE)).isInstanceOfSatisfying(Denied.class, refusal -> {
                assertThat(refusal.reason()).isEqualTo(DenialReason.PACED);
                assertThat(refusal.retryIn()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
            });
        }
        assertThat(metrics()).contains("\"TableUnavailable\":", "\"level\":\"WARN\"", "The table is down.");
    }

    @Test
    void continuesWithWhatItKnew() {
        limiter.recordOutcome(granted(limiter, 0), accepted(2), t(0), PATIENCE);
        cannotBeReachedFrom(1);

        limiter.recordOutcome(granted(limiter, 12), accepted(1), t(12), PATIENCE);
        limiter.recordOutcome(granted(limiter, 13), accepted(0), t(13), PATIENCE);

        assertThat(limiter.tryAcquire(FULL, t(14), PATIENCE)).isInstanceOfSatisfying(Denied.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(DenialReason.CLOSED);
            assertThat(refusal.retryIn()).isBetween(Duration.ofSeconds(3586), Duration.ofSeconds(3590));
        });
    }

    @Test
    void startsWithoutATable() {
        cannotBeReachedFrom(0);
        Permit probe = granted(limiter, 12);
        assertThat(limiter.tryAcquire(FULL, t(12.1), PATIENCE)).isInstanceOf(Denied.class);
        limiter.recordOutcome(probe, accepted(5), t(12.2), PATIENCE);
        granted(limiter, 12.3);
    }

    @Test
    void aloneItKeepsToItsShareOfThePaceOfAllCopies() {
        var one = new TableRateLimiter(
                new FailingTable(), new RateLimiterSettings(4, QuotaUnit.AUTO, 20, 8, true), "one");
        trouble = TableFailure.DOWN;
        one.tryAcquire(FULL, t(0), PATIENCE);
        int granted = 0;
        for (double at = 12; at < 72; at += 0.05) {
            if (one.tryAcquire(FULL, t(at), PATIENCE) instanceof Granted(Permit permit, int _)) {
                one.recordOutcome(permit, RateLimiterTimeline.acceptedWithoutQuota(), t(at), PATIENCE);
                granted++;
            }
        }
        assertThat(granted).isBetween(28, 31); // half a request a second
    }

    @Test
    void whatAnAnswerReportedIsWrittenAsSoonAsTheTableIsBack() {
        Permit permit = granted(limiter, 0);
        trouble = TableFailure.DOWN;
        limiter.recordOutcome(permit, accepted(0), t(1), PATIENCE);
        trouble = TableFailure.NONE;
        limiter.tryAcquire(FULL, t(3), PATIENCE);

        assertThat(copy("other").tryAcquire(FULL, t(4), PATIENCE))
                .isEqualTo(new Denied(Duration.ofSeconds(3596), DenialReason.CLOSED));
    }

    @Test
    void aWriteThatSucceededAlthoughItFailedRecordsItsAnswerOnce() {
        limiter.recordOutcome(granted(limiter, 0), RateLimiterTimeline.acceptedWithoutQuota(), t(0), PATIENCE);
        Permit permit = granted(limiter, 1);
        trouble = TableFailure.ANSWERS_LOST;
        assertThat(limiter.recordOutcome(permit, RateLimiterTimeline.unanswered(), t(2), PATIENCE))
                .isEqualTo(1);
        trouble = TableFailure.NONE;

        assertThat(limiter.recordOutcome(granted(limiter, 4), RateLimiterTimeline.unanswered(), t(5), PATIENCE))
                .isEqualTo(2);
    }

    @Test
    void readsTheTableAgainAfterFiveSeconds() {
        limiter.recordOutcome(granted(limiter, 0), accepted(50), t(0), PATIENCE);
        cannotBeReachedFrom(1);
        granted(limiter, 12);
        trouble = TableFailure.NONE;
        TableRateLimiter other = copy("other");
        other.recordOutcome(granted(other, 13), RateLimiterTimeline.throttledFor(100), t(13), PATIENCE);

        granted(limiter, 16.9);
        assertThat(limiter.tryAcquire(FULL, t(17.1), PATIENCE)).isInstanceOfSatisfying(Denied.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(DenialReason.CLOSED);
            assertThat(refusal.retryIn()).isBetween(Duration.ofMillis(95_900), Duration.ofSeconds(100));
        });
    }

    @Test
    void aStepThatWasWrittenAlthoughItsAnswerWasLostCountsOnce() {
        limiter.recordOutcome(granted(limiter, 0), accepted(3), t(0), PATIENCE);
        trouble = TableFailure.WRITES_TWICE;

        granted(limiter, 1);

        trouble = TableFailure.NONE;
        TableRateLimiter other = copy("other");
        granted(other, 1.1);
        granted(other, 1.2);
        assertThat(other.tryAcquire(FULL, t(1.3), PATIENCE)).isInstanceOf(Denied.class);
    }

    @Test
    void aWriteOfUnknownResultHoldsAPermitForHalfAMinuteAtMost() {
        limiter.recordOutcome(granted(limiter, 0), accepted(1), t(0), PATIENCE);
        trouble = TableFailure.ANSWERS_LOST;
        assertThat(limiter.tryAcquire(FULL, t(1), PATIENCE)).isInstanceOf(Denied.class);
        trouble = TableFailure.NONE;

        TableRateLimiter other = copy("other");
        assertThat(other.tryAcquire(FULL, t(2), PATIENCE)).isInstanceOf(Denied.class);
        granted(other, 32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no notes", "[]", "{\"closed_until\":\"soon\"}", "{\"under_way\":\"1\"}"})
    void anUnreadableItemOfAnotherRevisionIsIgnored(String content) {
        inner.write(
                List.of(new SharedTable.ConditionalWrite(
                        new SharedTable.ItemKey("gate", "quota"), null, content, t(0))),
                Duration.ofSeconds(1));
        granted(limiter, 0);
    }
}
