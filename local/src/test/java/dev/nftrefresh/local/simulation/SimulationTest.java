package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.ratelimit.UpdateLane;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios of the report, small enough for every build. */
class SimulationTest {
    private static final long SEED = 7;

    @ParameterizedTest
    @CsvSource({"WINDOW, REQUEST", "WINDOW, TOKEN", "STEADY, REQUEST", "STEADY, TOKEN"})
    void aBacklogUsesTheQuotaInFullRequestsWithoutAskingForMore(QuotaRefill refill, StandInQuotaUnit unit) {
        ScenarioRun run = Simulation.of(SimulationScenarios.backlog(3, 120, refill, unit, 4), ComparedIdea.OURS, SEED);

        assertThat(run.quotaUse().share()).as(ReportTable.row(run)).isGreaterThan(0.99);
        assertThat(run.quotaUse().tokensPerRequest()).as(ReportTable.row(run)).isGreaterThan(245);
        assertThat(run.requests().throttledShare()).as(ReportTable.row(run)).isLessThan(0.006);
        assertThat(run.allReceives().perMessage()).as(ReportTable.row(run)).isLessThan(2.5);
        assertThat(run.loss()).isEqualTo(new LostUpdates(0, 0, 0));
    }

    /** SQS hides a message for 12 hours at most. */
    @ParameterizedTest
    @EnumSource(QuotaRefill.class)
    void aBacklogOfDaysUsesTheQuotaToItsEnd(QuotaRefill refill) {
        ScenarioRun run = Simulation.of(SimulationScenarios.fullMessages(30, 4, refill, 2), ComparedIdea.OURS, SEED);

        assertThat(run.loss()).isEqualTo(new LostUpdates(0, 0, 0));
        assertThat(run.took()).as(ReportTable.row(run)).isLessThan(Duration.ofHours(31));
        assertThat(run.requests().all()).as(ReportTable.row(run)).isLessThan(130);
        assertThat(run.allReceives().perMessage()).as(ReportTable.row(run)).isLessThan(5);
        // Messages that return only to wait longer are not looked up; within one window each token is read once.
        assertThat(run.table().reads()).as(ReportTable.row(run)).isLessThan(30 * 4 * 250 * 115L / 100);
    }

    /** What one copy of a message sent, the other does not send again, and other updates take its places. */
    @Test
    void aBacklogQueuedTwiceIsSentOnceInNearlyFullRequests() {
        ScenarioRun run =
                Simulation.of(SimulationScenarios.queuedTwice(1, 40, QuotaRefill.WINDOW, 4), ComparedIdea.OURS, SEED);

        assertThat(run.requests().all()).as(ReportTable.row(run)).isLessThan(49);
        assertThat(run.loss()).isEqualTo(new LostUpdates(0, 0, 0));
    }

    @ParameterizedTest
    @EnumSource(QuotaRefill.class)
    void oneUpdateASecondIsAcceptedWithinSeconds(QuotaRefill refill) {
        ScenarioRun run = Simulation.of(
                SimulationScenarios.stream(Duration.ofMinutes(30), SimulationScenarios.SEEN_LIMIT, refill, 2),
                ComparedIdea.OURS,
                SEED);

        assertThat(run.updates().wait(0.99)).as(ReportTable.row(run)).isLessThan(Duration.ofSeconds(15));
        assertThat(run.updates().longestSilence()).as(ReportTable.row(run)).isLessThan(Duration.ofSeconds(15));
        assertThat(run.loss()).isEqualTo(new LostUpdates(0, 0, 0));
    }

    @ParameterizedTest
    @EnumSource(QuotaRefill.class)
    void theNextCallOfABulkFileIncludesALiveUpdate(QuotaRefill refill) {
        SimulationScenario scenario =
                SimulationScenarios.besideBulk(2, SimulationScenarios.SEEN_LIMIT, refill, UpdateLane.BULK, 2);
        ScenarioRun run = Simulation.of(scenario, ComparedIdea.OURS, SEED);

        // Under a steady refill the file is done half-way, and then the emptied bucket fills up again.
        long longest = refill == QuotaRefill.WINDOW ? 11 : 14;
        assertThat(run.liveWait(0.95)).as(ReportTable.row(run)).isLessThan(Duration.ofSeconds(longest));
        // Of the file alone the last request goes after 64 minutes, or after 60.
        assertThat(run.bulkDone())
                .as(ReportTable.row(run))
                .isLessThan(Duration.ofMinutes(refill == QuotaRefill.WINDOW ? 125 : 66));
        assertThat(run.bulkReceives().perMessage()).as(ReportTable.row(run)).isLessThan(3.5);
        if (refill == QuotaRefill.WINDOW) {
            assertThat(run.quotaUse().leastShare()).as(ReportTable.row(run)).isGreaterThan(0.98);
            assertThat(run.quotaUse().tokensPerRequest())
                    .as(ReportTable.row(run))
                    .isGreaterThan(245);
        }
        assertThat(run.loss()).isEqualTo(new LostUpdates(0, 0, 0));
    }

    @Test
    void noUpdateIsLostInChaosAndNoKnownAcceptanceIsOverwritten() {
        SimulationScenario chaos = SimulationScenarios.chaos(1_000, 5, FaultRates.CHAOS);
        ScenarioRun naive = Simulation.of(chaos, ComparedIdea.NAIVE, SEED);
        ScenarioRun ours = Simulation.of(chaos, ComparedIdea.OURS, SEED);

        assertThat(naive.loss().lost()).isZero();
        assertThat(naive.updates().stale()).as(ReportTable.row(naive)).isGreaterThan(100);
        assertThat(ours.loss()).isEqualTo(new LostUpdates(0, 0, 0));
        assertThat(ours.updates().stale() - ours.updates().staleOverUnheard())
                .as(ReportTable.row(ours))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 6, 8})
    void noUpdateIsOverwrittenByAnOlderOneEvenIfItsAnswerWasLost(long seed) {
        ScenarioRun ours =
                Simulation.of(SimulationScenarios.chaos(1_000, 5, FaultRates.CHAOS), ComparedIdea.OURS, seed);

        assertThat(ours.updates().stale()).as(ReportTable.row(ours)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 5, 7})
    void noUpdateIsLostWhenTheTableFailsOccasionally(long seed) {
        ScenarioRun ours = Simulation.of(
                SimulationScenarios.chaos(1_000, 5, FaultRates.CHAOS_IN_THE_TABLE_TOO), ComparedIdea.OURS, seed);

        assertThat(ours.loss()).as(ReportTable.row(ours)).isEqualTo(new LostUpdates(0, 0, 0));
    }

    /** The reserve is 20 of 100 requests an hour, one each 3 minutes. */
    @ParameterizedTest
    @EnumSource(QuotaRefill.class)
    void aFewUpdatesAreNotHeldUpByABacklogOfAnotherCollection(QuotaRefill refill) {
        ScenarioRun run = Simulation.of(
                SimulationScenarios.quietBesideBacklog(Duration.ofMinutes(1), 300, 100, refill, 2),
                ComparedIdea.OURS,
                SEED);

        assertThat(run.liveWait(0.75)).as(ReportTable.row(run)).isLessThan(Duration.ofMinutes(4));
        assertThat(run.bulkDone()).as(ReportTable.row(run)).isLessThan(Duration.ofHours(4));
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        SimulationScenario chaos = SimulationScenarios.chaos(200, 3, FaultRates.CHAOS_IN_THE_TABLE_TOO);

        assertThat(ReportTable.row(Simulation.of(chaos, ComparedIdea.OURS, SEED)))
                .isEqualTo(ReportTable.row(Simulation.of(chaos, ComparedIdea.OURS, SEED)))
                .isNotEqualTo(ReportTable.row(Simulation.of(chaos, ComparedIdea.OURS, SEED + 1)));
    }
}
