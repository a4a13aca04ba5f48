package dev.nftrefresh.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * 60,000 tokens, as many as an event of 6 MB holds at 100 bytes each, cost steps as n log n and not as n². Steps over
 * bins and items do not depend on the machine, as time does; one takes some 4 ns.
 */
final class PackingEffortTest {
    private static final int TOKENS = 60_000;

    @Test
    void needsNoMoreThanTheFirstPackingForSmallTokens() {
        assertThat(looksATokenAndBit(i -> 60 + mixed(i, 80))).isLessThan(3);
    }

    /** The first packing is far from the optimum, and worst fit finds that at once. */
    @Test
    void packsOnceOrTwiceWhereBothLimitsMatter() {
        assertThat(looksATokenAndBit(i -> i < TOKENS / 2 ? 1_250 : 600)).isLessThan(10);
    }

    /** The worst-fit packing needs many repairs. */
    @Test
    void repairsInBoundedTimeWhereFewTokensAreLarge() {
        assertThat(looksATokenAndBit(i -> mixed(i, 20) == 0 ? 16_384 : 200)).isLessThan(15);
    }

    /** 900 MB, more than ever occurs, where every try to get nearer to the optimum ends early. */
    @Test
    void givesUpInTimeWhereAllTokensAreLarge() {
        assertThat(looksATokenAndBit(i -> 15_000 + mixed(i, 1_385))).isLessThan(40);
    }

    private static double looksATokenAndBit(IntUnaryOperator bytes) {
        var steps = new StepCounter();
        List<Integer> numbers = IntStream.range(0, TOKENS).boxed().toList();

        var requests = BatchPacker.pack(numbers, bytes::applyAsInt, steps);

        assertThat(requests.stream().mapToInt(List::size).sum()).isEqualTo(TOKENS);
        return steps.steps() / (TOKENS * Math.log(TOKENS) / Math.log(2));
    }

    private static int mixed(int number, int bound) {
        return new Random(number).nextInt(bound);
    }
}
