package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.ratelimit.UpdateLane;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Each idea that the report switches off is really switched off: in a scenario that needs it, the figures are others. */
class ComparedIdeaTest {
    private static final long SEED = 3;
    private static final QuotaRefill WINDOW = QuotaRefill.WINDOW;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "OURS")
    void theFiguresAreOthersWhereAnIdeaIsSwitchedOff(ComparedIdea idea) {
        SimulationScenario scenario = scenarioThatNeeds(idea);

        assertThat(IdeasReport.figures(Simulation.of(scenario, idea, SEED)))
                .as(scenario.name())
                .isNotEqualTo(IdeasReport.figures(Simulation.of(scenario, ComparedIdea.OURS, SEED)));
    }

    private static SimulationScenario scenarioThatNeeds(ComparedIdea idea) {
        return switch (idea) {
            case NAIVE, OURS, WITHOUT_RETURN_TIMES, WITHOUT_RETURN_GROUPS, WITHOUT_LATE_PREVIEW ->
                SimulationScenarios.fullMessages(3, 4, WINDOW, 2);
            case WITHOUT_UNIT_DETECTION -> SimulationScenarios.backlog(2, 4, WINDOW, StandInQuotaUnit.TOKEN, 2);
            case WITHOUT_WAITING_UPDATES, WITHOUT_EVEN_SPENDING ->
                SimulationScenarios.stream(Duration.ofMinutes(20), 60, WINDOW, 2);
            case WITHOUT_RESERVED_TIMES -> SimulationScenarios.collections(20, 60, WINDOW, 2);
            case WITHOUT_PREVIEW, WITHOUT_TOKEN_INTERVAL, WITHOUT_LATEST_WINS ->
                SimulationScenarios.chaos(100, 3, FaultRates.CHAOS);
            case WITHOUT_SHARED_CALLS -> SimulationScenarios.besideBulk(1, 240, WINDOW, UpdateLane.BULK, 2);
            case WITHOUT_RESERVE, WITHOUT_SECOND_QUEUE -> SimulationScenarios.besideOtherBulk(1, 20, WINDOW, 2);
            case WITHOUT_SEARCH_SHARE -> SimulationScenarios.besideRefused(4, 25, 60, WINDOW, 2);
        };
    }
}
