package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Prints the rows of {@code docs/scaling.md}: what grows with the number of windows, collections, copies and messages, and what
 * does not. Its name keeps it out of the build, as {@link SimulationReport}'s does; {@code -Dnft-refresh.scenarios=REGEX} runs
 * only those in whose name the expression is found.
 */
class ScalingReport {
    private static final String ONLY = System.getProperty("nft-refresh.scenarios", "");
    private static final long SEED = 1;
    /** Scaled down from 677, because a hundred windows of messages with one token each are many. */
    private static final int SCALED = 60;

    private static List<SimulationScenario> scenarios() {
        var scenarios = new ArrayList<SimulationScenario>();
        for (int windows : new int[] {1, 10, 100}) {
            scenarios.add(
                    SimulationScenarios.fullMessages(windows, SimulationScenarios.SEEN_LIMIT, QuotaRefill.WINDOW, 2));
        }
        for (int windows : new int[] {1, 10}) {
            scenarios.add(
                    SimulationScenarios.backlog(windows, SCALED, QuotaRefill.WINDOW, StandInQuotaUnit.REQUEST, 2));
        }
        for (int collections : new int[] {1, 10, 100, 1_000}) {
            scenarios.add(SimulationScenarios.collections(
                    collections, SimulationScenarios.SEEN_LIMIT, QuotaRefill.WINDOW, 2));
        }
        for (QuotaRefill refill : QuotaRefill.values()) {
            scenarios.add(SimulationScenarios.quietBesideBacklog(Duration.ofMinutes(1), 60, 15, refill, 2));
            scenarios.add(SimulationScenarios.quietBesideBacklog(
                    Duration.ofSeconds(10), 2_000, SimulationScenarios.SEEN_LIMIT, refill, 2));
        }
        for (int copies : new int[] {2, 10, 50}) {
            scenarios.add(SimulationScenarios.backlog(
                    1, SimulationScenarios.SEEN_LIMIT, QuotaRefill.WINDOW, StandInQuotaUnit.REQUEST, copies));
        }
        return scenarios;
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void print() {
        System.out.println("| scenario | requests | tokens a request | 429 | receives a message, mean / most "
                + "| reads a token | writes a token | wait median / p95 | hours |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (SimulationScenario scenario : scenarios()) {
            if (scenario.name().matches("(?i).*(" + ONLY + ").*")) {
                System.out.println(row(Simulation.of(scenario, ComparedIdea.OURS, SEED)));
            }
        }
    }

    private static String row(ScenarioRun run) {
        double tokens = run.scenario().producer().tokens();
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.1f | %.1f %% | %.2f / %d | %.2f | %.2f | %,d s / %,d s | %.1f |",
                run.scenario().name(),
                run.requests().all(),
                tokens / Math.max(1, run.requests().all()),
                100 * run.requests().throttledShare(),
                run.allReceives().perMessage(),
                run.allReceives().most(),
                run.table().reads() / tokens,
                run.table().writes() / tokens,
                run.liveWait(0.5).toSeconds(),
                run.liveWait(0.95).toSeconds(),
                run.took().toMinutes() / 60.0);
    }
}
