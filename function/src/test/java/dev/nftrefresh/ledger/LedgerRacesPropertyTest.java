package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.SeededProperty;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Copies of the function share a table. Between any two calls of one copy others may call, or the copy may crash. */
final class LedgerRacesPropertyTest {
    @Test
    void noNewerUpdateIsOverwrittenNoUnappliedOneCountsAsAppliedAndNothingIsBlockedForever() {
        SeededProperty.of(
                        "no newer update is overwritten, no unapplied one counts as applied, nothing is blocked forever")
                .tries(3_000)
                .check(choices -> {
                    List<LedgerRace.RaceStep> steps =
                            choices.note("steps", choices.listOf(0, 100, RandomRaceSteps::step));
                    assertThat(LedgerRace.run(steps)).isEmpty();
                });
    }
}
