package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.LedgerRace.Calls;
import dev.nftrefresh.ledger.LedgerRace.Claims;
import dev.nftrefresh.ledger.LedgerRace.LateWritesArrive;
import dev.nftrefresh.ledger.LedgerRace.Step;
import dev.nftrefresh.ledger.LedgerRace.Tells;
import dev.nftrefresh.ledger.LedgerRace.TimePasses;
import dev.nftrefresh.ledger.LedgerRace.Work;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Steps by chance, most of them such as make trouble. jqwik's combinators would take longer to make a race than it takes to
 * run, and to shrink it, leaving steps out is enough.
 */
final class RaceSteps {
    private static final int HOUR = 3600;
    private static final int TOKENS = 2;
    private static final int VERSIONS = 3;
    private static final CallFate[] FATES = CallFate.values();

    private final Random random;

    private RaceSteps(Random random) {
        this.random = random;
    }

    static Step step(Random random) {
        return new RaceSteps(random).step();
    }

    private Step step() {
        return switch (random.nextInt(16)) {
            case 0 -> new LateWritesArrive();
            case 1, 2 -> new TimePasses(between(1, 15));
            case 3 -> new TimePasses(between(16, 60));
            case 4 -> oneIn(3) ? new TimePasses(anyOf(12 * HOUR, 23 * HOUR, 24 * HOUR)) : new TimePasses(10);
            default ->
                new Calls(
                        random.nextInt(LedgerRace.COPIES),
                        anyOf(1, 1, 1, 2, 3, 20),
                        oneIn(4) ? FATES[random.nextInt(FATES.length)] : CallFate.DONE,
                        work());
        };
    }

    private Work work() {
        if (random.nextInt(5) < 2) {
            return new Tells(random.nextInt(3), oneIn(3));
        }
        @Nullable Integer appliedAfter = oneIn(4) ? null : anyOf(0, 0, 5, 20, 60);
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
        return random.nextInt(several) == 0;
    }

    private int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    private int anyOf(int... values) {
        return values[random.nextInt(values.length)];
    }
}
