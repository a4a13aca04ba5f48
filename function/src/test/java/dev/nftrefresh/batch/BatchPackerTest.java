package dev.nftrefresh.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import dev.nftrefresh.update.TokenJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchPackerTest {
    @Test
    void losesNothingAndConformsWhateverTheSizes() {
        SeededProperty.of("nothing is lost and all conforms whatever the sizes")
                .tries(300)
                .check(choices -> PackedTokens.pack(sizes(choices)));
    }

    @Test
    void ordersTheFullOnesBeforeTheOthersAndEachSideByAge() {
        SeededProperty.of("the full ones come before the others, and each side is ordered by age")
                .tries(300)
                .check(choices -> {
                    List<Integer> sizes = sizes(choices);
                    List<List<Integer>> requests = BatchPacker.pack(
                            IntStream.range(0, sizes.size()).boxed().toList(), sizes::get);

                    assertThat(requests)
                            .allSatisfy(request -> assertThat(request).isSorted());
                    assertThat(requests)
                            .isSortedAccordingTo(
                                    Comparator.comparing((List<Integer> request) -> takesAny(request, sizes))
                                            .thenComparing(List::getFirst));
                });
    }

    /** All 250 tokens, or no capacity for one of 16 KiB and its comma. */
    private static boolean takesAny(List<Integer> request, List<Integer> sizes) {
        int bytes = request.stream().mapToInt(sizes::get).sum();
        return request.size() < 250 && RefreshRequestBody.bytes(request.size() + 1, bytes + 16_384) <= 233_472;
    }

    @Test
    void keepsTheOrderWhereThatCostsNothing() {
        List<TokenJson> tokens =
                PackedTokens.of(IntStream.generate(() -> 100).limit(600).toArray());

        assertThat(BatchPacker.pack(tokens, TokenJson::length))
                .containsExactly(tokens.subList(0, 250), tokens.subList(250, 500), tokens.subList(500, 600));
    }

    /** In the order given the large ones use up the bytes and the small ones the places of 29 requests. */
    @Test
    void fillsBothLimitsWhereBothMatter() {
        assertThat(PackedTokens.pack(sizes(3_000, 1_250, 3_000, 600))).hasSize(24);
    }

    /** 14 of the large ones or 15 of the small ones fill a request, and so do 8 and 7: mixed, all hold 15. */
    @Test
    void mixesLargeTokensSoThatOneMoreFits() {
        assertThat(PackedTokens.pack(sizes(900, 16_000, 900, 15_000))).hasSize(120);
    }

    /** A request that can still take a token of any size may have to wait for more, so there should be one at most. */
    @ParameterizedTest
    @CsvSource({"750, 650, 6", "570, 1330, 8", "300, 2000, 10"})
    void leavesCapacityInAtMostOneRequest(int large, int small, int requests) {
        List<Integer> sizes = sizes(large, 1_250, small, 600);

        List<List<Integer>> packed =
                BatchPacker.pack(IntStream.range(0, sizes.size()).boxed().toList(), sizes::get);

        assertThat(packed).hasSize(requests);
        assertThat(packed.subList(0, requests - 1)).noneMatch(request -> takesAny(request, sizes));
    }

    private static List<Integer> sizes(int first, int firstBytes, int second, int secondBytes) {
        List<Integer> sizes = new ArrayList<>(Collections.nCopies(first, firstBytes));
        sizes.addAll(Collections.nCopies(second, secondBytes));
        return sizes;
    }

    private static List<Integer> sizes(ChoiceSequence choices) {
        return choices.note(
                "sizes",
                switch (choices.below(4)) {
                    case 0 -> choices.listOf(0, 400, each -> each.between(1, 16_384));
                    case 1 -> choices.listOf(0, 400, each -> each.between(8_192, 16_384));
                    case 2 -> choices.listOf(0, 2_000, each -> each.between(1, 1_500));
                    default ->
                        choices.listOf(
                                0, 1_500, each -> each.oneOf(1, 100, 600, 932, 933, 1_250, 15_562, 15_563, 16_384));
                });
    }
}
