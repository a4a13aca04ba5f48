package dev.nftrefresh.batch;

import dev.nftrefresh.api.RefreshRequestLimits;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Puts tokens of one collection into as few conforming requests as it can: of at most {@value
 * RefreshRequestLimits#TOKENS} tokens and {@value RefreshRequestLimits#BODY_BYTES} bytes of body each. Requests are the
 * scarce resource: as far as Immutable documents it, an hour's quota counts requests and not what they hold.
 *
 * <p>For one SQS event (6 MB, at most 27 full bodies) it makes at most one request more than the optimum, with any
 * sizes that the tests try. The time grows as n log n, as each search for a better packing ends after a fixed number
 * of steps.
 */
public final class BatchPacker {
    /** This part of the unused capacity is left to one request; the rest is slack in all of them, so that items fit. */
    private static final double SPARE = 0.9;

    private BatchPacker() {}

    /**
     * Packs each item into exactly one request.
     *
     * <p>Requests are in the order of their oldest items, but those with capacity for a token of any size come last, as
     * they may wait for more; within a request the items keep their order.
     *
     * @param items oldest first
     * @param bytes the size of an item in bytes, without a comma; asked once an item
     * @throws IllegalArgumentException if an item is empty, or so large that no request holds it even alone
     */
    public static <T> List<List<T>> pack(List<T> items, ToIntFunction<? super T> bytes) {
        return pack(items, bytes, new StepCounter());
    }

    static <T> List<List<T>> pack(List<T> items, ToIntFunction<? super T> bytes, StepCounter steps) {
        List<T> numbered = List.copyOf(items);
        return fewest(ItemSizes.of(numbered, bytes), steps).stream()
                .sorted(Comparator.comparing(PackingBin::fitsAnyToken).thenComparingInt(PackingBin::oldest))
                .map(bin -> bin.inOrder().mapToObj(numbered::get).toList())
                .toList();
    }

    /** The first-fit packing, which keeps the order by age, unless a worst-fit one needs fewer bins. */
    private static List<PackingBin> fewest(ItemSizes sizes, StepCounter steps) {
        List<PackingBin> aged = FirstFitPacker.pack(sizes, steps);
        List<PackingBin> best = aged;
        int tooFew = sizes.fewestBins() - 1;
        // A binary search, as each try is slow: what fits into k bins nearly always fits into k + 1 as well.
        while (best.size() - tooFew > 1) {
            int bins = (tooFew + best.size()) / 2;
            List<PackingBin> dealt = WorstFitDecreasingPacker.into(bins, 0, sizes, steps);
            if (OverflowRepair.of(dealt, steps)) {
                best = dealt;
            } else {
                tooFew = bins;
            }
        }
        return best.size() < aged.size() ? uneven(best, sizes, steps) : aged;
    }

    /** The same number of bins with the unused capacity in one of them, if possible: full ones need not wait. */
    private static List<PackingBin> uneven(List<PackingBin> even, ItemSizes sizes, StepCounter steps) {
        double spare = SPARE * Math.min(1, even.size() - sizes.fractionalBins());
        List<PackingBin> dealt = WorstFitDecreasingPacker.into(even.size(), spare, sizes, steps);
        if (!OverflowRepair.of(dealt, steps)) {
            return even;
        }
        dealt.removeIf(bin -> bin.count() == 0); // the others turned out to hold everything
        return dealt;
    }
}
