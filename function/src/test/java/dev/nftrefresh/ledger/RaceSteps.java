package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.LedgerRace.Calls;
import dev.nftrefresh.ledger.LedgerRace.Claims;
import dev.nftrefresh.ledger.LedgerRace.LateWritesArrive;
import dev.nftrefresh.ledger.LedgerRace.Step;
import dev.nftrefresh.ledger.LedgerRace.Tells;
import dev.nftrefresh.ledger.LedgerRace.TimePasses;
import dev.nftrefresh.ledger.LedgerRace.Work;
import dev.nftrefresh.seeded.Choices;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Steps by chance, most of them such as make trouble. */
final class RaceSteps {
    private static final int HOUR = 3600;
    private static final int TOKENS = 2;
    private static final int VERSIONS = 3;
    private static final CallFate[] FATES = CallFate.values();

    private final Choices choices;

    private RaceSteps(Choices choices) {
        this.choices = choices;
    }

    static Step step(Choices choices) {
        return new RaceSteps(choices).step();
    }

    private Step step() {
        return switch (choices.weighted(11, 1, 2, 1, 1)) {
            case 0 ->
                new Calls(
                        choices.below(LedgerRace.COPIES),
                        choices.oneOf(1, 1, 1, 2, 3, 20),
                        oneIn(4) ? choices.oneOf(FATES) : CallFate.DONE,
                        work());
            case 1 -> new LateWritesArrive();
            case 2 -> new TimePasses(between(1, 15));
            case 3 -> new TimePasses(between(16, 60));
            default -> oneIn(3) ? new TimePasses(choices.oneOf(12 * HOUR, 23 * HOUR, 24 * HOUR)) : new TimePasses(10);
        };
    }

    private Work work() {
        if (choices.chance(2, 5)) {
            return new Tells(choices.below(3), oneIn(3));
        }
        @Nullable Integer appliedAfter = oneIn(4) ? null : choices.oneOf(0, 0, 5, 20, 60);
        var more = oneIn(5) ? versions() : new TreeMap<String, Integer>();
        return new Claims(versions(), more, between(10, 30), appliedAfter);
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
