package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Prints the tables of {@code docs/ideas.md}: for each idea a small scenario that needs it, with all ideas and without this
 * one. Its name keeps it out of the build, as {@link SimulationReport}'s does; {@code -Dnft-refresh.scenarios=REGEX} runs only those in whose name and idea the
 * expression is found.
 */
class IdeasReport {
    private static final String ONLY = System.getProperty("nft-refresh.scenarios", "");
    private static final long SEED = 1;

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void print() {
        var scenarios = new LinkedHashMap<SimulationScenario, List<ComparedIdea>>();
        for (ComparedIdea idea : ComparedIdea.values()) {
            SimulationScenario scenario = SimulationScenarios.needing(idea);
            if (idea != ComparedIdea.OURS && (scenario.name() + " " + idea).matches("(?i).*(" + ONLY + ").*")) {
                scenarios
                        .computeIfAbsent(named(scenario, scenarios.keySet()), _ -> new ArrayList<>())
                        .add(idea);
            }
        }
        scenarios.forEach(IdeasReport::print);
    }

    /** Each call makes another one of the same name, with another producer. */
    private static SimulationScenario named(SimulationScenario made, Collection<SimulationScenario> before) {
        return before.stream()
                .filter(one -> one.name().equals(made.name()))
                .findFirst()
                .orElse(made);
    }

    private static void print(SimulationScenario scenario, List<ComparedIdea> ideas) {
        String name = scenario.name();
        System.out.printf(
                "%n**%s**%n%n%s", name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), IdeasTables.HEAD);
        String withAll = print(scenario, ComparedIdea.OURS);
        for (ComparedIdea idea : ideas) {
            assertThat(print(scenario, idea)).as("%s is switched off", idea).isNotEqualTo(withAll);
        }
    }

    private static String print(SimulationScenario scenario, ComparedIdea idea) {
        String figures = figures(Simulation.of(scenario, idea, SEED));
        System.out.printf("| %s | %s |%n", label(idea), figures);
        return figures;
    }

    private static String label(ComparedIdea idea) {
        return switch (idea) {
            case OURS -> IdeasTables.ALL;
            case NAIVE -> "without any (naive)";
            default -> idea.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
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
