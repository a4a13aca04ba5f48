package dev.nftrefresh.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.SeededProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How near the number of requests comes to the best possible: never more than one request or 1 % above it, whichever
 * is more. Where the best is not known, the bound is held against a number that the best cannot go below, which is
 * harder. An event of SQS, of at most 6 MB, fills 27 requests; some of these packings are four times as large.
 */
final class FewestRequestsTest {
    /** What one event of SQS holds at most. */
    private static final int EVENT_BYTES = 6 * 1024 * 1024;

    /** Tokens of one size: just as many as their number asks for. */
    @Test
    void isTheBestForOneSize() {
        SeededProperty.of("is the best for one size").tries(200).check(choices -> {
            int bytes = choices.note("bytes", choices.between(1, 16_384));
            int n = choices.note("n", choices.between(0, 3_000));
            int together = Math.min(250, (233_472 - 18) / (bytes + 1));

            assertThat(PackedTokens.pack(
                            IntStream.generate(() -> bytes).limit(n).toArray()))
                    .hasSize(Math.ceilDiv(n, together));
        });
    }

    /** Requests that are full to the last byte, cut into 15 to 250 tokens and mixed: one more, or 1 %. */
    @Test
    void isWithinOneOfRequestsThatWereFull() {
        SeededProperty.of("is within one of requests that were full").tries(100).check(choices -> {
            PerfectPacking cut = choices.note("cut", PerfectPacking.random(choices.random()));

            assertWithin(cut.requests(), cut.bytes());
        });
    }

    /** Two sizes, of which the limits may bind both: one more than the bound of {@link TwoSizeInput}. */
    @Test
    void isWithinOneForTwoSizes() {
        SeededProperty.of("is within one for two sizes").tries(200).check(choices -> {
            TwoSizeInput mix = choices.note("mix", twoSizes(choices.random()));
            List<Integer> bytes = new ArrayList<>(Collections.nCopies(mix.first(), mix.firstBytes()));
            bytes.addAll(Collections.nCopies(mix.second(), mix.secondBytes()));

            Collections.shuffle(bytes, choices.random());

            assertWithin(mix.noFewerThan(), bytes);
        });
    }

    /** An event of tokens of 8, 10, 12, 14 or 15 KiB to 16 KiB each: one more than their bytes ask for. */
    @Test
    void isWithinOneForLargeTokens() {
        SeededProperty.of("is within one for large tokens").tries(100).check(choices -> {
            int fromKiB = choices.note("from KiB", choices.between(8, 15));

            assertNearTheBound(event(any -> any.nextInt(fromKiB * 1_024, 16_385), choices.random()));
        });
    }

    /** Many small tokens and ever fewer large ones (Pareto's law): one more than bytes or number ask for. */
    @Test
    void isWithinOneForAHeavyTail() {
        SeededProperty.of("is within one for a heavy tail").tries(100).check(choices -> {
            int least = choices.note("least", choices.between(50, 600));

            assertNearTheBound(event(
                    any -> (int) Math.min(16_384, least / Math.pow(1 - any.nextDouble(), 1 / 1.3)), choices.random()));
        });
    }

    private static void assertNearTheBound(List<Integer> bytes) {
        assertWithin(ItemSizes.of(bytes, Integer::intValue).fewestBins(), bytes);
    }

    private static void assertWithin(int best, List<Integer> bytes) {
        assertThat(PackedTokens.pack(bytes)).hasSizeLessThanOrEqualTo(Math.max(best + 1, best * 101 / 100));
    }

    private static List<Integer> event(ToIntFunction<RandomGenerator> size, RandomGenerator random) {
        List<Integer> bytes = new ArrayList<>();
        for (int sum = 0; sum < EVENT_BYTES; sum += bytes.getLast()) {
            bytes.add(size.applyAsInt(random));
        }
        return bytes;
    }

    private static TwoSizeInput twoSizes(RandomGenerator random) {
        int large = random.nextInt(600, 16_385);
        int small = random.nextInt(1, random.nextBoolean() ? 1_500 : 16_385);
        double share = random.nextDouble();
        double mean = share * large + (1 - share) * small + 1;
        int tokens = (int) (Math.min(250, 233_454 / mean) * random.nextInt(2, 31));
        return new TwoSizeInput(large, (int) (share * tokens), small, tokens - (int) (share * tokens));
    }
}
