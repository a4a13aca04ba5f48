package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Each idea that the report switches off is really switched off: in a scenario that needs it, the figures are others. */
class ComparedIdeaTest {
    private static final long SEED = 3;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "OURS")
    void theFiguresAreOthersWhereAnIdeaIsSwitchedOff(ComparedIdea idea) {
        SimulationScenario scenario = SimulationScenarios.needing(idea);

        assertThat(IdeasReport.figures(Simulation.of(scenario, idea, SEED)))
                .as(scenario.name())
                .isNotEqualTo(IdeasReport.figures(Simulation.of(scenario, ComparedIdea.OURS, SEED)));
    }
}
