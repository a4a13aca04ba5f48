package dev.nftrefresh.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * How near the number of requests comes to the best possible: never more than one request or 1 % above it, whichever
 * is more. Where the best is not known, the bound is held against a number that the best cannot go below, which is
 * harder. An event of SQS, of at most 6 MB, fills 27 requests; some of these packings are four times as large.
 */
final class FewestRequestsTest {
    /** What one event of SQS holds at most. */
    private static final int EVENT_BYTES = 6 * 1024 * 1024;

    /** Tokens of one size: just as many as their number asks for. */
    @Property(tries = 200)
    void isTheBestForOneSize(@ForAll @IntRange(min = 1, max = 16_384) int bytes, @ForAll @IntRange(max = 3_000) int n) {
        int together = Math.min(250, (233_472 - 18) / (bytes + 1));

        assertThat(Tokens.pack(IntStream.generate(() -> bytes).limit(n).toArray()))
                .hasSize(Math.ceilDiv(n, together));
    }

    /** Requests that are full to the last byte, cut into 15 to 250 tokens and mixed: one more, or 1 %. */
    @Property(tries = 100)
    void isWithinOneOfRequestsThatWereFull(@ForAll("cut") Cut cut) {
        assertWithin(cut.requests(), cut.bytes());
    }

    /** Two sizes, of which the limits may bind both: one more than the bound of {@link TwoSizes}. */
    @Property(tries = 200)
    void isWithinOneForTwoSizes(@ForAll("twoSizes") TwoSizes mix, @ForAll Random random) {
        List<Integer> bytes = new ArrayList<>(Collections.nCopies(mix.first(), mix.firstBytes()));
        bytes.addAll(Collections.nCopies(mix.second(), mix.secondBytes()));

        Collections.shuffle(bytes, random);

        assertWithin(mix.noFewerThan(), bytes);
    }

    /** An event of tokens of 8, 10, 12, 14 or 15 KiB to 16 KiB each: one more than their bytes ask for. */
    @Property(tries = 100)
    void isWithinOneForLargeTokens(@ForAll @IntRange(min = 8, max = 15) int fromKiB, @ForAll Random random) {
        assertNearTheBound(event(any -> any.nextInt(fromKiB * 1_024, 16_385), random));
    }

    /** Many small tokens and ever fewer large ones (Pareto's law): one more than bytes or number ask for. */
    @Property(tries = 100)
    void isWithinOneForAHeavyTail(@ForAll @IntRange(min = 50, max = 600) int least, @ForAll Random random) {
        assertNearTheBound(event(
                any -> (int) Math.min(16_384, least / Math.pow(1 - any.nextDouble(), 1 / 1.3)), random));
    }

    private static void assertNearTheBound(List<Integer> bytes) {
        assertWithin(Sizes.of(bytes, Integer::intValue).fewestBins(), bytes);
    }

    private static void assertWithin(int best, List<Integer> bytes) {
        assertThat(Tokens.pack(bytes)).hasSizeLessThanOrEqualTo(Math.max(best + 1, best * 101 / 100));
    }

    private static List<Integer> event(ToIntFunction<Random> size, Random random) {
        List<Integer> bytes = new ArrayList<>();
        for (int sum = 0; sum < EVENT_BYTES; sum += bytes.getLast()) {
            bytes.add(size.applyAsInt(random));
        }
        return bytes;
    }

    @Provide
    Arbitrary<Cut> cut() {
        return Arbitraries.randomValue(Cut::random);
    }

    @Provide
    Arbitrary<TwoSizes> twoSizes() {
        return Arbitraries.randomValue(random -> {
            int large = random.nextInt(600, 16_385);
            int small = random.nextInt(1, random.nextBoolean() ? 1_500 : 16_385);
            double share = random.nextDouble();
            double mean = share * large + (1 - share) * small + 1;
            int tokens = (int) (Math.min(250, 233_454 / mean) * random.nextInt(2, 31));
            return new TwoSizes(large, (int) (share * tokens), small, tokens - (int) (share * tokens));
        });
    }
}
