package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

/** Copies of the function share a table, and between any two calls of one may come calls of the others, or its end. */
final class LedgerRacesPropertyTest {
    @Provide
    Arbitrary<List<LedgerRace.Step>> races() {
        return Arbitraries.randomValue(RaceSteps::step)
                .list()
                .ofMaxSize(100)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
    void nothingNewerIsUndoneNothingIsTakenForAppliedThatWasNotAndNothingIsBlockedForEver(
            @ForAll("races") List<LedgerRace.Step> steps) {
        assertThat(LedgerRace.run(steps)).isEmpty();
    }
}
