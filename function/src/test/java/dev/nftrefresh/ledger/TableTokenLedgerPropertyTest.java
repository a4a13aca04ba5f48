package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import dev.nftrefresh.table.InMemoryTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several copies of the function claim, send, crash and answer late, in any order. */
final class TableTokenLedgerPropertyTest {
    private static LedgerTimeline.TimelineStep step(ChoiceSequence choices) {
        return switch (choices.below(3)) {
            case 0 -> new LedgerTimeline.TimePasses(choices.between(1, 15));
            case 1 -> claims(choices);
            default -> {
                int which = choices.between(0, 9);
                yield switch (choices.below(4)) {
                    case 0 -> new LedgerTimeline.IsAccepted(which);
                    case 1 -> new LedgerTimeline.IsNotApplied(which);
                    case 2 -> new LedgerTimeline.IsRefused(which);
                    default -> new LedgerTimeline.IsUnknown(which, choices.between(0, 120));
                };
            }
        };
    }

    /** One to three tokens, each in some version. */
    private static LedgerTimeline.TimelineStep claims(ChoiceSequence choices) {
        Map<String, Integer> versions = new HashMap<>();
        for (String token : choices.shuffled(List.of("1", "2", "3")).subList(0, choices.between(1, 3))) {
            versions.put(token, choices.between(1, 5));
        }
        return new LedgerTimeline.ClaimStep(versions, choices.between(5, 40));
    }

    @Test
    void anOlderVersionIsNeverGrantedAfterANewerOneWasAccepted() {
        SeededProperty.of("an older version is never granted after a newer one was accepted")
                .tries(3_000)
                .check(choices -> {
                    List<LedgerTimeline.TimelineStep> steps =
                            choices.note("steps", choices.listOf(5, 60, TableTokenLedgerPropertyTest::step));
                    assertThat(LedgerTimeline.play(
                                    new TableTokenLedger(
                                            new InMemoryTable(),
                                            _ -> {},
                                            Duration.ZERO,
                                            Duration.ZERO,
                                            () -> LedgerUpdates.at(0)),
                                    steps))
                            .isEmpty();
                });
    }
}
