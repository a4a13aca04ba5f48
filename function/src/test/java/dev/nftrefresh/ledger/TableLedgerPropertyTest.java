package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.table.MemoryTable;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Several copies of the function claim, send, die and answer late, in any order. */
final class TableLedgerPropertyTest {
    @Provide
    Arbitrary<List<LedgerTimeline.Step>> timelines() {
        Arbitrary<LedgerTimeline.Step> claim = Combinators.combine(
                        Arbitraries.maps(
                                        Arbitraries.of("1", "2", "3"),
                                        Arbitraries.integers().between(1, 5))
                                .ofMinSize(1)
                                .ofMaxSize(3),
                        Arbitraries.integers().between(5, 40))
                .as(LedgerTimeline.Claims::new);
        Arbitrary<Integer> open = Arbitraries.integers().between(0, 9);
        Arbitrary<LedgerTimeline.Step> end = Arbitraries.oneOf(
                open.map(LedgerTimeline.IsAccepted::new),
                open.map(LedgerTimeline.IsNotApplied::new),
                Combinators.combine(open, Arbitraries.integers().between(0, 120))
                        .as(LedgerTimeline.IsUnknown::new));
        Arbitrary<LedgerTimeline.Step> pass =
                Arbitraries.integers().between(1, 15).map(LedgerTimeline.TimePasses::new);
        return Arbitraries.oneOf(List.of(claim, end, pass)).list().ofMinSize(5).ofMaxSize(60);
    }

    @Property(tries = 3_000)
    void anOlderVersionIsNeverGrantedAfterANewerOneWasAccepted(@ForAll("timelines") List<LedgerTimeline.Step> steps) {
        assertThat(LedgerTimeline.play(
                        new TableLedger(new MemoryTable(), _ -> {}, Duration.ZERO, Duration.ZERO), steps))
                .isEmpty();
    }
}
