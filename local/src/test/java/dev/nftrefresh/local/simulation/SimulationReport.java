package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.ratelimit.UpdateLane;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs every scenario of the report and prints its row; a whole run writes {@code docs/simulation.md} again. Its
 * name keeps it out of the build: {@code mvn test -pl local -am -Dtest=SimulationReport
 * -Dsurefire.failIfNoSpecifiedTests=false}. {@code -Dnft-refresh.scenarios=REGEX} runs only those whose name and idea,
 * such as {@code "chaos ours"}, the expression is found in.
 */
class SimulationReport {
    private static final String ONLY = System.getProperty("nft-refresh.scenarios", "");
    private static final boolean MERGE = Boolean.getBoolean("nft-refresh.merge");
    private static final long SEED = 1;
    /** Scaled down from 677, because a naive backlog of 20 windows receives its messages over and over. */
    private static final int SCALED = 60;

    private static final Duration THREE_HOURS = Duration.ofHours(3);

    /** Those in which the ideas are switched off as well. */
    private static List<SimulationScenario> compared() {
        var scenarios = new ArrayList<SimulationScenario>();
        for (QuotaRefill refill : QuotaRefill.values()) {
            scenarios.add(SimulationScenarios.backlog(
                    3, SimulationScenarios.SEEN_LIMIT, refill, StandInQuotaUnit.REQUEST, 4));
        }
        scenarios.add(SimulationScenarios.backlog(20, SCALED, QuotaRefill.WINDOW, StandInQuotaUnit.REQUEST, 2));
        for (QuotaRefill refill : QuotaRefill.values()) {
            scenarios.add(SimulationScenarios.stream(THREE_HOURS, SimulationScenarios.SEEN_LIMIT, refill, 2));
        }
        for (QuotaRefill refill : QuotaRefill.values()) {
            scenarios.add(
                    SimulationScenarios.besideBulk(3, SimulationScenarios.SEEN_LIMIT, refill, UpdateLane.BULK, 2));
        }
        scenarios.add(SimulationScenarios.chaos(10_000, 20, FaultRates.CHAOS));
        scenarios.add(SimulationScenarios.chaos(10_000, 20, FaultRates.CHAOS_IN_THE_TABLE_TOO));
        return scenarios;
    }

    /** Those in which they would only take long to show the same. */
    private static List<SimulationScenario> ours() {
        var scenarios = new ArrayList<SimulationScenario>();
        for (QuotaRefill refill : QuotaRefill.values()) {
            scenarios.add(
                    SimulationScenarios.backlog(3, SimulationScenarios.SEEN_LIMIT, refill, StandInQuotaUnit.TOKEN, 4));
            scenarios.add(SimulationScenarios.fullMessages(100, SCALED, refill, 2));
        }
        for (QuotaRefill refill : QuotaRefill.values()) {
            for (UpdateLane lane : List.of(UpdateLane.LIVE, UpdateLane.BULK)) {
                scenarios.add(SimulationScenarios.besideBulk(10, SimulationScenarios.SEEN_LIMIT, refill, lane, 2));
            }
            scenarios.add(SimulationScenarios.besideOtherBulk(10, SimulationScenarios.SEEN_LIMIT, refill, 2));
        }
        for (QuotaRefill refill : QuotaRefill.values()) {
            scenarios.add(SimulationScenarios.quietBesideBusy(20, SimulationScenarios.SEEN_LIMIT, refill, 2));
            scenarios.add(SimulationScenarios.collections(1_000, SimulationScenarios.SEEN_LIMIT, refill, 2));
        }
        scenarios.add(
                SimulationScenarios.quietBesideBusy(20, SimulationScenarios.WITHOUT_LIMIT, QuotaRefill.WINDOW, 2));
        return scenarios;
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void regenerate() throws IOException {
        var rows = new StringBuilder();
        var series = new ArrayList<SimulationSeries>();
        for (SimulationScenario scenario : compared()) {
            for (ComparedIdea idea : List.of(ComparedIdea.NAIVE, ComparedIdea.OURS)) {
                addRow(scenario, idea, rows, series);
            }
        }
        var withoutSeries = new ArrayList<SimulationSeries>();
        for (SimulationScenario scenario : ours()) {
            addRow(scenario, ComparedIdea.OURS, rows, withoutSeries);
        }
        if (ONLY.isEmpty()) {
            SimulationFiles.write(ReportTable.page(rows.toString()), series);
        } else if (MERGE) {
            SimulationFiles.merge(rows.toString(), series);
        }
    }

    private static void addRow(
            SimulationScenario scenario, ComparedIdea idea, StringBuilder rows, List<SimulationSeries> series) {
        if ((scenario.name() + " " + idea).matches("(?i).*(" + ONLY + ").*")) {
            ScenarioRun run = Simulation.of(scenario, idea, SEED);
            System.out.println(ReportTable.row(run) + " real " + run.real().toSeconds() + " s");
            rows.append(ReportTable.row(run)).append('\n');
            series.add(SimulationSeries.of(run));
        }
    }
}
