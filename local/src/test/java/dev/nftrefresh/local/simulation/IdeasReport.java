package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.ratelimit.UpdateLane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Prints the rows of {@code docs/ideas.md}: scenarios with all ideas, and with one of them switched off. Its name keeps it out of
 * the build, as {@link SimulationReport}'s does; {@code -Dnft-refresh.scenarios=REGEX} runs only those in whose name and idea the
 * expression is found.
 */
class IdeasReport {
    private static final String ONLY = System.getProperty("nft-refresh.scenarios", "");
    private static final long SEED = 1;
    /** Scaled down from 677, because each scenario runs once for each idea. */
    private static final int SCALED = 40;
    /** Just enough that bulk's requests go often enough for live updates to wait for them. */
    private static final int SHARED = 300;

    private static final String HEAD = """
            | scenario | | quota used | tokens a request | requests | 429 | receives a message, mean / most | wait p50 / p95 / p99 | stale | lost | done after | table reads / writes a token |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    /** What is compared with the function as it is deployed. */
    private record Comparison(SimulationScenario scenario, List<ComparedIdea> ideas) {
        static Comparison of(SimulationScenario scenario, ComparedIdea... ideas) {
            return new Comparison(scenario, List.of(ideas));
        }
    }

    private static List<Comparison> comparisons() {
        var comparisons = new ArrayList<Comparison>();
        comparisons.add(Comparison.of(
                SimulationScenarios.backlog(2, SCALED, QuotaRefill.WINDOW, StandInQuotaUnit.TOKEN, 2),
                ComparedIdea.WITHOUT_UNIT_DETECTION));
        comparisons.add(Comparison.of(
                SimulationScenarios.chaos(1_000, 5, FaultRates.CHAOS),
                ComparedIdea.NAIVE,
                ComparedIdea.WITHOUT_LATEST_WINS,
                ComparedIdea.WITHOUT_PREVIEW,
                ComparedIdea.WITHOUT_TOKEN_INTERVAL,
                ComparedIdea.WITHOUT_WAITING_UPDATES));
        for (QuotaRefill refill : QuotaRefill.values()) {
            comparisons.add(Comparison.of(
                    SimulationScenarios.backlog(2, SCALED, refill, StandInQuotaUnit.REQUEST, 2),
                    ComparedIdea.NAIVE,
                    ComparedIdea.WITHOUT_WAITING_UPDATES,
                    ComparedIdea.WITHOUT_EVEN_SPENDING,
                    ComparedIdea.WITHOUT_PREVIEW,
                    ComparedIdea.WITHOUT_LATE_PREVIEW,
                    ComparedIdea.WITHOUT_RETURN_TIMES,
                    ComparedIdea.WITHOUT_RETURN_GROUPS));
            comparisons.add(Comparison.of(
                    SimulationScenarios.fullMessages(30, 4, refill, 2),
                    ComparedIdea.WITHOUT_PREVIEW,
                    ComparedIdea.WITHOUT_LATE_PREVIEW,
                    ComparedIdea.WITHOUT_RETURN_TIMES,
                    ComparedIdea.WITHOUT_RETURN_GROUPS));
            comparisons.add(Comparison.of(
                    SimulationScenarios.stream(Duration.ofMinutes(90), SimulationScenarios.SEEN_LIMIT, refill, 2),
                    ComparedIdea.NAIVE,
                    ComparedIdea.WITHOUT_EVEN_SPENDING,
                    ComparedIdea.WITHOUT_WAITING_UPDATES,
                    ComparedIdea.WITHOUT_RESERVED_TIMES));
            comparisons.add(Comparison.of(
                    SimulationScenarios.quietBesideBusy(20, SimulationScenarios.SEEN_LIMIT, refill, 2),
                    ComparedIdea.WITHOUT_RESERVED_TIMES,
                    ComparedIdea.WITHOUT_WAITING_UPDATES,
                    ComparedIdea.WITHOUT_EVEN_SPENDING));
            comparisons.add(Comparison.of(
                    SimulationScenarios.besideBulk(2, SHARED, refill, UpdateLane.BULK, 2),
                    ComparedIdea.WITHOUT_SHARED_CALLS,
                    ComparedIdea.WITHOUT_RESERVE,
                    ComparedIdea.WITHOUT_SECOND_QUEUE));
            comparisons.add(Comparison.of(
                    SimulationScenarios.besideOtherBulk(2, SHARED, refill, 2),
                    ComparedIdea.WITHOUT_RESERVE,
                    ComparedIdea.WITHOUT_SECOND_QUEUE));
            comparisons.add(Comparison.of(
                    SimulationScenarios.besideRefused(40, 25, SHARED, refill, 2), ComparedIdea.WITHOUT_SEARCH_SHARE));
        }
        return comparisons;
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void print() {
        System.out.print(HEAD);
        for (Comparison comparison : comparisons()) {
            String ours = "";
            for (ComparedIdea idea : ideas(comparison)) {
                if (!(comparison.scenario().name() + " " + idea).matches("(?i).*(" + ONLY + ").*")) {
                    continue;
                }
                ScenarioRun run = Simulation.of(comparison.scenario(), idea, SEED);
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %s |%n",
                        comparison.scenario().name(),
                        idea.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        figures(run));
                // An idea that is not really switched off would leave every figure as it is.
                assertThat(figures(run)).as("%s %s", comparison.scenario().name(), idea).isNotEqualTo(ours);
                ours = idea == ComparedIdea.OURS ? figures(run) : ours;
            }
        }
    }

    private static List<ComparedIdea> ideas(Comparison comparison) {
        var ideas = new ArrayList<>(List.of(ComparedIdea.OURS));
        ideas.addAll(comparison.ideas());
        return ideas;
    }

    /** The figures of a row. */
    static String figures(ScenarioRun run) {
        double tokens = run.scenario().producer().tokens() * (double) run.scenario().producer().versions();
        return String.format(
                Locale.ROOT,
                "%s | %.1f | %,d | %.1f %% | %.2f / %d | %,d / %,d / %,d s | %d | %s | %.1f h | %.2f / %.2f",
                Double.isFinite(run.quotaUse().share())
                        ? String.format(Locale.ROOT, "%.1f %%", 100 * run.quotaUse().share())
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
                run.loss().waiting() > 0 ? run.loss().waiting() + " still wait" : String.valueOf(run.loss().lost()),
                run.took().toMinutes() / 60.0,
                run.table().reads() / tokens,
                run.table().writes() / tokens);
    }
}
