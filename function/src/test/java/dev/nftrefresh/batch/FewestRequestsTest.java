package dev.nftrefresh.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.SeededProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How near the number of requests comes to the best possible, in whatever order the tokens come: one request above it, or
 * 1 % for packings that are larger than an event, and two where all tokens are large. Where the best is not known, the
 * limit is held against a number that the best cannot go below, which is harder. An event of SQS, of at most 6 MB, fills
 * 27 requests; some of these packings are four times as large.
 *
 * <p>These are figures of what was tried. What holds for certain is that first fit needs at most 2.08 times the best, and
 * one: all its requests but the newest hold 250 tokens, of which there are no more than the best has requests, or are full
 * up to 16 KiB of 228.
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

    /** An event of tokens of 8, 9, … or 15 KiB to 16 KiB each: two more than the bound. */
    @Test
    void isWithinTwoForLargeTokens() {
        SeededProperty.of("is within two for large tokens").tries(100).check(choices -> {
            int fromKiB = choices.note("from KiB", choices.between(8, 15));
            List<Integer> bytes = event(any -> any.nextInt(fromKiB * 1_024, 16_385), choices.random());

            assertAtMost(fewest(bytes) + 2, bytes);
        });
    }

    /** Many small tokens and ever fewer large ones (Pareto's law): one more than bytes or number ask for. */
    @Test
    void isWithinOneForAHeavyTail() {
        SeededProperty.of("is within one for a heavy tail").tries(100).check(choices -> {
            int least = choices.note("least", choices.between(50, 600));
            List<Integer> bytes = event(
                    any -> (int) Math.min(16_384, least / Math.pow(1 - any.nextDouble(), 1 / 1.3)), choices.random());

            assertWithin(fewest(bytes), bytes);
        });
    }

    private static void assertWithin(int best, List<Integer> bytes) {
        assertAtMost(Math.max(best + 1, best * 101 / 100), bytes);
    }

    private static void assertAtMost(int requests, List<Integer> bytes) {
        assertThat(PackedTokens.pack(bytes).size()).isLessThanOrEqualTo(requests);
        List<Integer> smallestFirst = bytes.stream().sorted().toList();
        for (List<Integer> order : List.of(smallestFirst, smallestFirst.reversed())) {
            assertThat(BatchPacker.pack(order, Integer::intValue).size()).isLessThanOrEqualTo(requests);
        }
    }

    /**
     * A lower bound for the number of requests: what bytes and number ask for; and of the i largest tokens, no request holds
     * more than it would if all were as small as the i-th.
     */
    private static int fewest(List<Integer> bytes) {
        List<Integer> largestFirst =
                bytes.stream().sorted(Comparator.reverseOrder()).toList();
        int fewest = ItemSizes.of(bytes, Integer::intValue).leastBins();
        for (int i = 0; i < largestFirst.size(); i++) {
            int together = Math.min(250, PackingBin.CAPACITY / (largestFirst.get(i) + 1));
            fewest = Math.max(fewest, Math.ceilDiv(i + 1, together));
        }
        return fewest;
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
