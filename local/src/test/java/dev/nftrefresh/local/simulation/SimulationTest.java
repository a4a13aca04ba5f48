package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.QuotaUnit;
import dev.nftrefresh.local.api.Refill;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The scenarios of docs/simulation.md, made small enough for each build. Hours pass in seconds. */
class SimulationTest {
    private static final long SEED = 1;

    /** Of a limit as small as this, one group of a steady refill is 5 %; of 677 it is 3 %. */
    @ParameterizedTest
    @CsvSource({"WINDOW, REQUEST, 0.99", "WINDOW, TOKEN, 0.99", "STEADY, REQUEST, 0.95", "STEADY, TOKEN, 0.95"})
    void aBacklogUsesTheWholeQuotaInFullRequestsWithoutBeingThrottled(Refill refill, QuotaUnit unit, double share) {
        Run run = Simulation.of(Scenarios.backlog(2, 100, refill, unit, 4), Idea.OURS, SEED);

        assertThat(run.quotaUse().share()).as(Report.row(run)).isGreaterThanOrEqualTo(share);
        assertThat(run.quotaUse().tokensPerRequest()).as(Report.row(run)).isGreaterThanOrEqualTo(240);
        // Of these few requests one or two find out that tokens count.
        assertThat(run.requests().throttledShare()).as(Report.row(run)).isLessThanOrEqualTo(0.01);
        assertThat(run.receiver().receivesPerMessage()).as(Report.row(run)).isLessThanOrEqualTo(2.5);
        assertThat(run.loss().lost()).as(Report.row(run)).isZero();
        assertThat(run.loss().waiting()).as(Report.row(run)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void oneUpdateASecondNeverWaitsLongThoughTheQuotaIsLessThanThat(Refill refill) {
        Run run = Simulation.of(
                Scenarios.stream(Duration.ofMinutes(90), Scenarios.SEEN_LIMIT, refill, 2), Idea.OURS, SEED);

        assertThat(run.updates().wait(0.99)).as(Report.row(run)).isLessThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(run.updates().longestSilence()).as(Report.row(run)).isLessThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(run.requests().throttledShare()).as(Report.row(run)).isZero();
        assertThat(run.loss().lost()).as(Report.row(run)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void noOldUpdateUndoesANewerOneWhateverGoesWrong(long seed) {
        Run run = Simulation.of(Scenarios.chaos(1_000, 20), Idea.OURS, seed);

        assertThat(run.updates().stale()).as(Report.row(run)).isZero();
        assertThat(run.loss().lost()).as(Report.row(run)).isZero();
        assertThat(run.loss().waiting()).as(Report.row(run)).isZero();
    }

    /** Else the test above would say nothing. */
    @Test
    void withoutTheIdeasOldUpdatesDoUndoNewerOnes() {
        Run run = Simulation.of(Scenarios.chaos(1_000, 20), Idea.NAIVE, SEED);

        assertThat(run.updates().stale()).as(Report.row(run)).isPositive();
    }

    @Test
    void aRunIsTheSameEachTime() {
        Scenario scenario = Scenarios.chaos(200, 20);

        String first = Report.row(Simulation.of(scenario, Idea.OURS, SEED));

        assertThat(Report.row(Simulation.of(scenario, Idea.OURS, SEED))).isEqualTo(first);
        assertThat(first.toLowerCase(Locale.ROOT)).contains("chaos");
    }
}
