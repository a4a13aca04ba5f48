package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.api.QuotaUnit;
import dev.nftrefresh.local.api.Refill;
import dev.nftrefresh.pacing.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs every scenario as it is in the report and prints its row; a whole run writes {@code docs/simulation.md} anew. Its
 * name keeps it out of the build: {@code mvn test -pl local -am -Dtest=SimulationReport
 * -Dsurefire.failIfNoSpecifiedTests=false}. {@code -Dnft-refresh.scenarios=REGEX} runs only those whose name and idea,
 * such as {@code "chaos ours"}, the expression is found in.
 */
class SimulationReport {
    private static final Path FILE = Path.of("..", "docs", "simulation.md");
    private static final String ONLY = System.getProperty("nft-refresh.scenarios", "");
    private static final long SEED = 1;
    /** Scaled down from 677, because a naive backlog of 20 windows receives its messages over and over. */
    private static final int SCALED = 60;

    private static final Duration THREE_HOURS = Duration.ofHours(3);

    /** Those in which the ideas are switched off as well. */
    private static List<Scenario> compared() {
        var scenarios = new ArrayList<Scenario>();
        for (Refill refill : Refill.values()) {
            scenarios.add(Scenarios.backlog(3, Scenarios.SEEN_LIMIT, refill, QuotaUnit.REQUEST, 4));
        }
        scenarios.add(Scenarios.backlog(20, SCALED, Refill.WINDOW, QuotaUnit.REQUEST, 2));
        for (Refill refill : Refill.values()) {
            scenarios.add(Scenarios.stream(THREE_HOURS, Scenarios.SEEN_LIMIT, refill, 2));
        }
        scenarios.add(Scenarios.chaos(10_000, 20, Troubles.CHAOS));
        scenarios.add(Scenarios.chaos(10_000, 20, Troubles.CHAOS_IN_THE_TABLE_TOO));
        return scenarios;
    }

    /** Those in which they would only take long to show the same. */
    private static List<Scenario> ours() {
        var scenarios = new ArrayList<Scenario>();
        for (Refill refill : Refill.values()) {
            scenarios.add(Scenarios.backlog(3, Scenarios.SEEN_LIMIT, refill, QuotaUnit.TOKEN, 4));
            scenarios.add(Scenarios.fullMessages(100, SCALED, refill, 2));
        }
        for (Refill refill : Refill.values()) {
            for (Lane lane : List.of(Lane.LIVE, Lane.BULK)) {
                scenarios.add(Scenarios.besideBulk(10, Scenarios.SEEN_LIMIT, refill, lane, 2));
            }
            scenarios.add(Scenarios.besideOtherBulk(10, Scenarios.SEEN_LIMIT, refill, 2));
        }
        for (Refill refill : Refill.values()) {
            scenarios.add(Scenarios.quietBesideBusy(20, Scenarios.SEEN_LIMIT, refill, 2));
            scenarios.add(Scenarios.collections(1_000, Scenarios.SEEN_LIMIT, refill, 2));
        }
        scenarios.add(Scenarios.quietBesideBusy(20, Scenarios.WITHOUT_LIMIT, Refill.WINDOW, 2));
        return scenarios;
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void regenerate() throws IOException {
        var rows = new StringBuilder();
        for (Scenario scenario : compared()) {
            for (Idea idea : List.of(Idea.NAIVE, Idea.OURS)) {
                addRow(scenario, idea, rows);
            }
        }
        for (Scenario scenario : ours()) {
            addRow(scenario, Idea.OURS, rows);
        }
        if (ONLY.isEmpty()) {
            Files.writeString(FILE, Report.page(rows.toString()));
        }
    }

    private static void addRow(Scenario scenario, Idea idea, StringBuilder rows) {
        if ((scenario.name() + " " + idea).matches("(?i).*(" + ONLY + ").*")) {
            Run run = Simulation.of(scenario, idea, SEED);
            System.out.println(Report.row(run) + " real " + run.real().toSeconds() + " s");
            rows.append(Report.row(run)).append('\n');
        }
    }
}
