package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.simulation.QuotaChange.NewQuota;
import dev.nftrefresh.local.simulation.QuotaChange.SpentElsewhere;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to a backlog of three windows, 120 requests an hour, when the quota changes under way. */
class QuotaChangeTest {
    private static final int LIMIT = 120;
    private static final Duration UNDER_WAY = Duration.ofMinutes(61);

    private static ScenarioRun backlog(QuotaRefill refill, QuotaChange change) {
        return Simulation.of(
                SimulationScenarios.fullMessages(3, LIMIT, refill, 2).with(change), ComparedIdea.OURS, 7);
    }

    private static void isDone(ScenarioRun run, Duration longest, int throttled) {
        assertThat(run.loss()).isEqualTo(new LostUpdates(0, 0, 0));
        assertThat(run.took()).as(ReportTable.row(run)).isLessThan(longest);
        assertThat(run.requests().all() * run.requests().throttledShare())
                .as(ReportTable.row(run))
                .isLessThanOrEqualTo(throttled);
    }

    @ParameterizedTest
    @EnumSource(QuotaRefill.class)
    void spendingByOthersIsNoticedInTheNextAnswer(QuotaRefill refill) {
        ScenarioRun run = backlog(refill, new SpentElsewhere(UNDER_WAY, 60));

        // Half a window later: with windows, that is in the next one.
        isDone(run, Duration.ofMinutes(refill == QuotaRefill.WINDOW ? 185 : 155), 2);
    }

    @Test
    void aSteadyQuotaThatBecomesSmallerIsNoticedInTheNextAnswers() {
        ScenarioRun run = backlog(
                QuotaRefill.STEADY,
                new NewQuota(UNDER_WAY, SimulationScenarios.requests(LIMIT / 2, QuotaRefill.STEADY)));

        // 240 of 360 have gone by then. The others go at one a minute: a hidden message does not come back for a full
        // bucket.
        isDone(run, Duration.ofMinutes(61 + 120), 2);
    }

    @Test
    void noWindowStaysUnusedWhenWindowsBecomeSmaller() {
        ScenarioRun run = backlog(
                QuotaRefill.WINDOW, new NewQuota(UNDER_WAY, SimulationScenarios.requests(36, QuotaRefill.WINDOW)));

        // 240 of 360 have gone by then, and the others take four windows.
        isDone(run, Duration.ofMinutes(61 + 4 * 60), 2);
    }

    @Test
    void windowsThatBecomeASteadyRefillAreNoticed() {
        ScenarioRun run = backlog(
                QuotaRefill.WINDOW, new NewQuota(UNDER_WAY, SimulationScenarios.requests(LIMIT, QuotaRefill.STEADY)));

        isDone(run, Duration.ofHours(3), 2);
    }

    @Test
    void aSteadyRefillThatBecomesWindowsIsNoticed() {
        ScenarioRun run = backlog(
                QuotaRefill.STEADY, new NewQuota(UNDER_WAY, SimulationScenarios.requests(LIMIT, QuotaRefill.WINDOW)));

        isDone(run, Duration.ofMinutes(125), 2);
    }
}
