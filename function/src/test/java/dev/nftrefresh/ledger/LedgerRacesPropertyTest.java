package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.SeededProperty;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Copies of the function share a table, and between any two calls of one may come calls of the others, or its end. */
final class LedgerRacesPropertyTest {
    @Test
    void noNewerUpdateIsOverwrittenNoUnappliedOneCountsAsAppliedAndNothingIsBlockedForever() {
        SeededProperty.of(
                        "nothing newer is undone, nothing is taken for applied that was not, nothing is blocked for ever")
                .tries(3_000)
                .check(choices -> {
                    List<LedgerRace.RaceStep> steps =
                            choices.note("steps", choices.listOf(0, 100, RandomRaceSteps::step));
                    assertThat(LedgerRace.run(steps)).isEmpty();
                });
    }
}
