package dev.nftrefresh.batch;

import dev.nftrefresh.api.RefreshRequestLimits;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Puts tokens of one collection into few conforming requests: of at most {@value RefreshRequestLimits#TOKENS} tokens
 * and {@value RefreshRequestLimits#BODY_BYTES} bytes of body each. Requests are the scarce resource: as far as
 * Immutable documents it, an hour's quota counts requests and not what they hold.
 */
public final class BatchPacker {
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
        List<T> numbered = List.copyOf(items);
        return fewest(ItemSizes.of(numbered, bytes)).stream()
                .sorted(Comparator.comparing(PackingBin::fitsAnyToken)
                        .thenComparing(bin -> bin.inOrder().getFirst()))
                .map(bin -> bin.inOrder().stream().<T>map(numbered::get).toList())
                .toList();
    }

    /** The first-fit packing, which keeps the order by age, unless a worst-fit one needs fewer bins. */
    private static List<PackingBin> fewest(ItemSizes sizes) {
        List<PackingBin> firstFit = FirstFitPacker.pack(sizes);
        int least = sizes.leastBins();
        if (firstFit.size() == least) {
            return firstFit;
        }
        // One bin fewer than needed leaves all but the last ones full, so that only these wait for more.
        return Stream.of(
                        firstFit,
                        WorstFitDecreasingPacker.pack(least - 1, sizes),
                        WorstFitDecreasingPacker.pack(least, sizes))
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
    }
}
