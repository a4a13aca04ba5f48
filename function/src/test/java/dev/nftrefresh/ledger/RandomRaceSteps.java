package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.LedgerRace.ClaimTask;
import dev.nftrefresh.ledger.LedgerRace.CopyTask;
import dev.nftrefresh.ledger.LedgerRace.LateWritesArrive;
import dev.nftrefresh.ledger.LedgerRace.MakeCalls;
import dev.nftrefresh.ledger.LedgerRace.RaceStep;
import dev.nftrefresh.ledger.LedgerRace.RecordOutcomeTask;
import dev.nftrefresh.ledger.LedgerRace.TimePasses;
import dev.nftrefresh.seeded.ChoiceSequence;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Random steps, mostly faults. */
final class RandomRaceSteps {
    private static final int HOUR = 3600;
    private static final int TOKENS = 2;
    private static final int VERSIONS = 3;
    private static final CallResult[] RESULTS = CallResult.values();

    private final ChoiceSequence choices;

    private RandomRaceSteps(ChoiceSequence choices) {
        this.choices = choices;
    }

    static RaceStep step(ChoiceSequence choices) {
        return new RandomRaceSteps(choices).step();
    }

    private RaceStep step() {
        return switch (choices.weighted(11, 1, 2, 1, 1)) {
            case 0 ->
                new MakeCalls(
                        choices.below(LedgerRace.COPIES),
                        choices.oneOf(1, 1, 1, 2, 3, 20),
                        oneIn(4) ? choices.oneOf(RESULTS) : CallResult.DONE,
                        work());
            case 1 -> new LateWritesArrive();
            case 2 -> new TimePasses(between(1, 15));
            case 3 -> new TimePasses(between(16, 60));
            default -> oneIn(3) ? new TimePasses(choices.oneOf(12 * HOUR, 23 * HOUR, 24 * HOUR)) : new TimePasses(10);
        };
    }

    private CopyTask work() {
        if (choices.chance(2, 5)) {
            return new RecordOutcomeTask(choices.below(3), oneIn(3));
        }
        @Nullable Integer appliedAfter = oneIn(4) ? null : choices.oneOf(0, 0, 5, 20, 60);
        var more = oneIn(5) ? versions() : new TreeMap<String, Integer>();
        return new ClaimTask(versions(), more, between(10, 30), appliedAfter);
    }

    private SortedMap<String, Integer> versions() {
        var versions = new TreeMap<String, Integer>();
        for (int i = 0; i < TOKENS; i++) {
            versions.put(String.valueOf(between(1, TOKENS)), between(1, VERSIONS));
        }
        return versions;
    }

    private boolean oneIn(int several) {
        return choices.chance(1, several);
    }

    private int between(int least, int most) {
        return choices.between(least, most);
    }
}
