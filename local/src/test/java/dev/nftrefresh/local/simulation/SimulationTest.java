package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.QuotaUnit;
import dev.nftrefresh.local.api.Refill;
import dev.nftrefresh.pacing.Lane;
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
    void aBacklogUsesTheQuotaInFullRequestsWithoutAskingForMore(Refill refill, QuotaUnit unit) {
        Run run = Simulation.of(Scenarios.backlog(3, 120, refill, unit, 4), Idea.OURS, SEED);

        assertThat(run.quotaUse().share()).as(Report.row(run)).isGreaterThan(0.99);
        assertThat(run.quotaUse().tokensPerRequest()).as(Report.row(run)).isGreaterThan(245);
        assertThat(run.requests().throttledShare()).as(Report.row(run)).isLessThan(0.006);
        assertThat(run.allReceives().perMessage()).as(Report.row(run)).isLessThan(2.5);
        assertThat(run.loss()).isEqualTo(new Loss(0, 0, 0));
    }

    /** SQS hides a message for 12 hours at most. */
    @ParameterizedTest
    @EnumSource(Refill.class)
    void aBacklogOfDaysUsesTheQuotaToItsEnd(Refill refill) {
        Run run = Simulation.of(Scenarios.fullMessages(30, 4, refill, 2), Idea.OURS, SEED);

        assertThat(run.loss()).isEqualTo(new Loss(0, 0, 0));
        assertThat(run.took()).as(Report.row(run)).isLessThan(Duration.ofHours(31));
        assertThat(run.requests().all()).as(Report.row(run)).isLessThan(130);
        assertThat(run.allReceives().perMessage()).as(Report.row(run)).isLessThan(5);
        // What comes back only to wait longer is not looked up; of one window each token is read once.
        assertThat(run.table().reads()).as(Report.row(run)).isLessThan(30 * 4 * 250 * 115L / 100);
    }

    @ParameterizedTest
    @EnumSource(Refill.class)
    void oneUpdateASecondIsAcceptedWithinSeconds(Refill refill) {
        Run run = Simulation.of(
                Scenarios.stream(Duration.ofMinutes(30), Scenarios.SEEN_LIMIT, refill, 2), Idea.OURS, SEED);

        assertThat(run.updates().wait(0.99)).as(Report.row(run)).isLessThan(Duration.ofSeconds(15));
        assertThat(run.updates().longestSilence()).as(Report.row(run)).isLessThan(Duration.ofSeconds(15));
        assertThat(run.loss()).isEqualTo(new Loss(0, 0, 0));
    }

    @ParameterizedTest
    @EnumSource(Refill.class)
    void anUpdateGoesAlongWithTheNextCallOfABulkFile(Refill refill) {
        Scenario scenario = Scenarios.besideBulk(2, Scenarios.SEEN_LIMIT, refill, Lane.BULK, 2);
        Run run = Simulation.of(scenario, Idea.OURS, SEED);

        // Under a steady refill the file is done half-way, and then the emptied bucket fills up again.
        long longest = refill == Refill.WINDOW ? 11 : 14;
        assertThat(run.liveWait(0.95)).as(Report.row(run)).isLessThan(Duration.ofSeconds(longest));
        // Of the file alone the last request goes after 64 minutes, or after 60.
        assertThat(run.bulkDone())
                .as(Report.row(run))
                .isLessThan(Duration.ofMinutes(refill == Refill.WINDOW ? 125 : 66));
        assertThat(run.bulkReceives().perMessage()).as(Report.row(run)).isLessThan(3.5);
        if (refill == Refill.WINDOW) {
            assertThat(run.quotaUse().leastShare()).as(Report.row(run)).isGreaterThan(0.98);
            assertThat(run.quotaUse().tokensPerRequest()).as(Report.row(run)).isGreaterThan(245);
        }
        assertThat(run.loss()).isEqualTo(new Loss(0, 0, 0));
    }

    @Test
    void noUpdateIsLostInChaosAndNoneThatWasHeardOfIsUndone() {
        Scenario chaos = Scenarios.chaos(1_000, 5, Troubles.CHAOS);
        Run naive = Simulation.of(chaos, Idea.NAIVE, SEED);
        Run ours = Simulation.of(chaos, Idea.OURS, SEED);

        assertThat(naive.loss().lost()).isZero();
        assertThat(naive.updates().stale()).as(Report.row(naive)).isGreaterThan(100);
        assertThat(ours.loss()).isEqualTo(new Loss(0, 0, 0));
        assertThat(ours.updates().stale() - ours.updates().staleOverUnheard())
                .as(Report.row(ours))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 6, 8})
    void noUpdateIsUndoneByAnOlderOneEvenIfNobodyHeardOfIt(long seed) {
        Run ours = Simulation.of(Scenarios.chaos(1_000, 5, Troubles.CHAOS), Idea.OURS, seed);

        assertThat(ours.updates().stale()).as(Report.row(ours)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 5, 7})
    void noUpdateIsLostWhenTheTableFailsNowAndThen(long seed) {
        Run ours = Simulation.of(Scenarios.chaos(1_000, 5, Troubles.CHAOS_IN_THE_TABLE_TOO), Idea.OURS, seed);

        assertThat(ours.loss()).as(Report.row(ours)).isEqualTo(new Loss(0, 0, 0));
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        Scenario chaos = Scenarios.chaos(200, 3, Troubles.CHAOS_IN_THE_TABLE_TOO);

        assertThat(Report.row(Simulation.of(chaos, Idea.OURS, SEED)))
                .isEqualTo(Report.row(Simulation.of(chaos, Idea.OURS, SEED)))
                .isNotEqualTo(Report.row(Simulation.of(chaos, Idea.OURS, SEED + 1)));
    }
}
