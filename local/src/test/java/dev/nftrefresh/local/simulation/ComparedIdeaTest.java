package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An idea that the report switches off is really switched off: in a scenario that needs it, the figures are others. These are the
 * ideas whose scenarios are small; {@link IdeasReport} asks the same of all.
 */
class ComparedIdeaTest {
    private static final long SEED = 1;

    @ParameterizedTest
    @EnumSource(
            names = {
                "NAIVE",
                "WITHOUT_BACKOFF",
                "WITHOUT_LATEST_WINS",
                "WITHOUT_LATE_PREVIEW",
                "WITHOUT_PREVIEW",
                "WITHOUT_PROBE",
                "WITHOUT_RETURN_GROUPS",
                "WITHOUT_RETURN_TIMES",
                "WITHOUT_TOKEN_INTERVAL"
            })
    void theFiguresAreOthersWhereAnIdeaIsSwitchedOff(ComparedIdea idea) {
        SimulationScenario scenario = SimulationScenarios.needing(idea);

        assertThat(IdeasReport.figures(Simulation.of(scenario, idea, SEED)))
                .as(scenario.name())
                .isNotEqualTo(IdeasReport.figures(Simulation.of(scenario, ComparedIdea.OURS, SEED)));
    }
}
