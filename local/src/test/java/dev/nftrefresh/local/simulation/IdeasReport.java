package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.ratelimit.UpdateLane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Prints what each idea is worth: rows of the same scenarios with all of them, and with one of them switched off. Its name keeps it
 * out of the build, as {@link SimulationReport}'s does; {@code -Dnft-refresh.scenarios=REGEX} runs only those in whose name
 * and idea the expression is found.
 */
class IdeasReport {
    private static final String ONLY = System.getProperty("nft-refresh.scenarios", "");
    private static final long SEED = 1;
    /** Scaled down from 677, because each scenario runs once for each idea. */
    private static final int SCALED = 120;

    private static List<SimulationScenario> scenarios() {
        var scenarios = new ArrayList<SimulationScenario>();
        for (QuotaRefill refill : QuotaRefill.values()) {
            scenarios.add(SimulationScenarios.backlog(3, SCALED, refill, StandInQuotaUnit.REQUEST, 4));
            scenarios.add(SimulationScenarios.backlog(3, SCALED, refill, StandInQuotaUnit.TOKEN, 4));
            scenarios.add(SimulationScenarios.stream(Duration.ofHours(2), SimulationScenarios.SEEN_LIMIT, refill, 2));
            scenarios.add(
                    SimulationScenarios.besideBulk(2, SimulationScenarios.SEEN_LIMIT, refill, UpdateLane.BULK, 2));
            scenarios.add(SimulationScenarios.besideOtherBulk(2, SimulationScenarios.SEEN_LIMIT, refill, 2));
            scenarios.add(SimulationScenarios.quietBesideBusy(20, SimulationScenarios.SEEN_LIMIT, refill, 2));
        }
        scenarios.add(SimulationScenarios.chaos(2_000, 20, FaultRates.CHAOS));
        return scenarios;
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void print() {
        System.out.println(ReportTable.HEAD);
        for (SimulationScenario scenario : scenarios()) {
            Arrays.stream(ComparedIdea.values())
                    .filter(idea -> idea != ComparedIdea.NAIVE)
                    .filter(idea -> (scenario.name() + " " + idea).matches("(?i).*(" + ONLY + ").*"))
                    .forEach(idea -> System.out.println(ReportTable.row(Simulation.of(scenario, idea, SEED))));
        }
    }
}
