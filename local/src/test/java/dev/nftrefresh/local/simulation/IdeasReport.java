package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Prints the rows of {@code docs/ideas.md}: for each idea a small scenario that needs it, with all ideas and
 * without this one. Its name keeps it out of
 * the build, as {@link SimulationReport}'s does; {@code -Dnft-refresh.scenarios=REGEX} runs only those in whose name and idea the
 * expression is found.
 */
class IdeasReport {
    private static final String ONLY = System.getProperty("nft-refresh.scenarios", "");
    private static final long SEED = 1;

    private static final String HEAD = """
            | scenario | | quota used | tokens a request | requests | 429 | receives a message, mean / most | wait p50 / p95 / p99 | stale | lost | done after | table reads / writes a token |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void print() {
        System.out.print(HEAD);
        var ours = new HashMap<String, String>();
        for (ComparedIdea idea : ComparedIdea.values()) {
            SimulationScenario scenario = SimulationScenarios.needing(idea);
            if (idea != ComparedIdea.OURS && (scenario.name() + " " + idea).matches("(?i).*(" + ONLY + ").*")) {
                String withAll = ours.computeIfAbsent(
                        scenario.name(), _ -> print(Simulation.of(scenario, ComparedIdea.OURS, SEED)));
                assertThat(print(Simulation.of(scenario, idea, SEED)))
                        .as("%s is switched off", idea)
                        .isNotEqualTo(withAll);
            }
        }
    }

    private static String print(ScenarioRun run) {
        String figures = figures(run);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s |%n",
                run.scenario().name(),
                run.idea().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                figures);
        return figures;
    }

    /** The figures of a row. */
    static String figures(ScenarioRun run) {
        double tokens = run.scenario().producer().tokens()
                * (double) run.scenario().producer().versions();
        return String.format(
                Locale.ROOT,
                "%s | %.1f | %,d | %.1f %% | %.2f / %d | %,d / %,d / %,d s | %d | %s | %.1f h | %.2f / %.2f",
                Double.isFinite(run.quotaUse().share())
                        ? String.format(
                                Locale.ROOT, "%.1f %%", 100 * run.quotaUse().share())
                        : "",
                tokens / Math.max(1, run.requests().all()),
                run.requests().all(),
                100 * run.requests().throttledShare(),
                run.allReceives().perMessage(),
                run.allReceives().most(),
                run.liveWait(0.5).toSeconds(),
                run.liveWait(0.95).toSeconds(),
                run.liveWait(0.99).toSeconds(),
                run.updates().stale(),
                run.loss().waiting() > 0
                        ? run.loss().waiting() + " still wait"
                        : String.valueOf(run.loss().lost()),
                run.took().toMinutes() / 60.0,
                run.table().reads() / tokens,
                run.table().writes() / tokens);
    }
}
