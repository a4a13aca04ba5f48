package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.api.QuotaUnit;
import dev.nftrefresh.local.api.Refill;
import dev.nftrefresh.pacing.Lane;
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

    private static List<Scenario> scenarios() {
        var scenarios = new ArrayList<Scenario>();
        for (Refill refill : Refill.values()) {
            scenarios.add(Scenarios.backlog(3, SCALED, refill, QuotaUnit.REQUEST, 4));
            scenarios.add(Scenarios.backlog(3, SCALED, refill, QuotaUnit.TOKEN, 4));
            scenarios.add(Scenarios.stream(Duration.ofHours(2), Scenarios.SEEN_LIMIT, refill, 2));
            scenarios.add(Scenarios.besideBulk(2, Scenarios.SEEN_LIMIT, refill, Lane.BULK, 2));
            scenarios.add(Scenarios.besideOtherBulk(2, Scenarios.SEEN_LIMIT, refill, 2));
            scenarios.add(Scenarios.quietBesideBusy(20, Scenarios.SEEN_LIMIT, refill, 2));
        }
        scenarios.add(Scenarios.chaos(2_000, 20, Troubles.CHAOS));
        return scenarios;
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void print() {
        System.out.println(Report.HEAD);
        for (Scenario scenario : scenarios()) {
            Arrays.stream(Idea.values())
                    .filter(idea -> idea != Idea.NAIVE)
                    .filter(idea -> (scenario.name() + " " + idea).matches("(?i).*(" + ONLY + ").*"))
                    .forEach(idea -> System.out.println(Report.row(Simulation.of(scenario, idea, SEED))));
        }
    }
}
