package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.QuotaUnit;
import dev.nftrefresh.local.api.Refill;
import org.junit.jupiter.api.Test;

class SimulationTest {
    @Test
    void tryIt() {
        Run run = Simulation.of(Scenarios.backlog(3, 30, Refill.WINDOW, QuotaUnit.REQUEST, 4), Idea.OURS, 1);
        System.out.println(Report.row(run));
        assertThat(run.loss().lost()).isZero();
    }
}
