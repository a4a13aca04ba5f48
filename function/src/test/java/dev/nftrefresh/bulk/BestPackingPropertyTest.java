package dev.nftrefresh.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RequestLimits;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** However a file is made up, and in however many legs it is loaded: no packing in its order makes fewer messages. */
final class BestPackingPropertyTest {
    /** <code>{"nft_metadata":[]}</code> */
    private static final int FRAME = 19;
    /** Time for more lines than one message of the files here has, so that each leg ends one. */
    private static final Duration LEG = Duration.ofSeconds(1_000);

    /**
     * A line of a file.
     *
     * @param bytes of the token; 0 if it is refused
     */
    record Line(int tokenId, int bytes) {
        boolean good() {
            return bytes > 0;
        }

        String text() {
            // Enough of them fill the loader's memory in the middle of a message.
            return good() ? Lines.tokenOfBytes(tokenId, bytes) : "\"" + "x".repeat(16_000) + '"';
        }
    }

    @Provide
    Arbitrary<List<Line>> lines() {
        Arbitrary<Integer> ids = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.integers().between(1, 3)),
                Tuple.of(2, Arbitraries.integers().between(4, 100_000)));
        Arbitrary<Integer> most = Arbitraries.of(300, 950, 16_384);
        return Combinators.combine(most, Arbitraries.integers().between(0, 6)).flatAs((bytes, refused) -> {
            Arbitrary<Integer> sizes = Arbitraries.frequencyOf(
                    Tuple.of(10 - refused, Arbitraries.integers().between(250, bytes)),
                    Tuple.of(refused, Arbitraries.just(0)));
            return Combinators.combine(ids, sizes)
                    .as(Line::new)
                    .list()
                    .ofMaxSize(1_500)
                    .withSizeDistribution(RandomDistribution.uniform());
        });
    }

    @Property(tries = 100)
    void noPackingInTheFilesOrderMakesFewerMessages(@ForAll("lines") List<Line> lines, @ForAll boolean legs) {
        var stage = new BulkStage();
        ObjectId file = stage.upload(
                "a.ndjson", BulkStage.utf8(lines.stream().map(Line::text).collect(Collectors.joining("\n"))));
        stage.tick = legs ? Duration.ofSeconds(1) : Duration.ZERO;
        List<Line> good = lines.stream().filter(Line::good).toList();

        boolean stays = true;
        while (stays) {
            stays = stage.deliver(file, LEG);
        }

        assertThat(stage.messages()).hasSize(fewest(good));
        assertThat(stage.tokens()).hasSameSizeAs(good);
        assertThat(stage.rejected("a.ndjson")).hasSize(lines.size() - good.size());
    }

    /** Of all ways to cut the tokens into conforming messages, the one with the fewest. */
    private static int fewest(List<Line> tokens) {
        int[] fewest = new int[tokens.size() + 1];
        for (int to = 1; to < fewest.length; to++) {
            fewest[to] = Integer.MAX_VALUE;
            int bytes = FRAME - 1;
            for (int from = to - 1; from >= 0 && to - from <= RequestLimits.TOKENS; from--) {
                bytes += tokens.get(from).bytes() + 1;
                if (bytes > RequestLimits.BODY_BYTES) {
                    break;
                }
                fewest[to] = Math.min(fewest[to], fewest[from] + 1);
            }
        }
        return fewest[tokens.size()];
    }
}
