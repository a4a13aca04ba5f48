package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.QuotaUnit;
import dev.nftrefresh.local.api.Refill;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The scenarios of the report, small enough for every build. */
class SimulationTest {
    private static final long SEED = 7;

    @ParameterizedTest
    @CsvSource({"WINDOW, REQUEST", "WINDOW, TOKEN", "STEADY, REQUEST", "STEADY, TOKEN"})
    void aBacklogUsesTheQuotaInFullRequestsWithoutAskingForMore(Refill refill, QuotaUnit unit) {
        Run run = Simulation.of(Scenarios.backlog(3, 20, refill, unit, 4), Idea.OURS, SEED);

        assertThat(run.quotaUse().share()).as(Report.row(run)).isGreaterThan(0.97);
        assertThat(run.quotaUse().tokensPerRequest()).as(Report.row(run)).isGreaterThan(225);
        assertThat(run.requests().throttledShare()).as(Report.row(run)).isLessThan(0.02);
        assertThat(run.receiver().receivesPerMessage()).as(Report.row(run)).isLessThan(3);
        assertThat(run.loss()).isEqualTo(new Loss(0, 0, 0));
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

    @Test
    void noUpdateIsLostInChaos() {
        Scenario chaos = Scenarios.chaos(1_000, 5);
        Run naive = Simulation.of(chaos, Idea.NAIVE, SEED);
        Run ours = Simulation.of(chaos, Idea.OURS, SEED);

        assertThat(naive.loss().lost()).isZero();
        assertThat(ours.loss()).isEqualTo(new Loss(0, 0, 0));
        assertThat(naive.updates().stale()).as(Report.row(naive)).isGreaterThan(100);
        // What undid an update of which nobody heard is the ledger's to mend; whatever was heard of is never undone.
        assertThat(ours.updates().stale() - ours.updates().staleOverUnheard())
                .as(Report.row(ours))
                .isZero();
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        Scenario chaos = Scenarios.chaos(200, 3);

        assertThat(Report.row(Simulation.of(chaos, Idea.OURS, SEED)))
                .isEqualTo(Report.row(Simulation.of(chaos, Idea.OURS, SEED)))
                .isNotEqualTo(Report.row(Simulation.of(chaos, Idea.OURS, SEED + 1)));
    }
}
