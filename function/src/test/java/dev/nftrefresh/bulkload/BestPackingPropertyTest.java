package dev.nftrefresh.bulkload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** However a file is made up, and in however many runs it is loaded: no packing in its order makes fewer messages. */
final class BestPackingPropertyTest {
    /** <code>{"nft_metadata":[]}</code> */
    private static final int FRAME = 19;
    /** Time for more lines than one message of the files here has, so that each run ends one. */
    private static final Duration RUN_TIME = Duration.ofSeconds(1_000);

    /**
     * A line of a file.
     *
     * @param bytes of the token; 0 if it is refused
     */
    record SizedLine(int tokenId, int bytes) {
        boolean good() {
            return bytes > 0;
        }

        String text() {
            // Enough of them fill the loader's memory in the middle of a message.
            return good() ? TokenLines.tokenOfBytes(tokenId, bytes) : "\"" + "x".repeat(16_000) + '"';
        }
    }

    private static List<SizedLine> lines(ChoiceSequence choices) {
        int most = choices.oneOf(300, 950, 16_384);
        int refused = choices.between(0, 6);
        return choices.listOf(0, 1_500, each -> {
            int id = each.weighted(1, 2) == 0 ? each.between(1, 3) : each.between(4, 100_000);
            return new SizedLine(id, each.chance(refused, 10) ? 0 : each.between(250, most));
        });
    }

    @Test
    void noPackingInTheFilesOrderMakesFewerMessages() {
        SeededProperty.of("no packing in the file's order makes fewer messages")
                .tries(200)
                .check(choices -> {
                    List<SizedLine> lines = choices.note("lines", lines(choices));
                    boolean runs = choices.note("runs", choices.flip());
                    var stage = new BulkLoaderFixture();
                    ObjectVersionId file = stage.upload(
                            "a.ndjson",
                            BulkLoaderFixture.utf8(
                                    lines.stream().map(SizedLine::text).collect(Collectors.joining("\n"))));
                    stage.tick = runs ? Duration.ofSeconds(1) : Duration.ZERO;
                    List<SizedLine> good =
                            lines.stream().filter(SizedLine::good).toList();

                    boolean stays = true;
                    while (stays) {
                        stays = stage.deliver(file, RUN_TIME);
                    }

                    assertThat(stage.messages()).hasSize(fewest(good));
                    assertThat(stage.tokens()).hasSameSizeAs(good);
                    assertThat(stage.rejected("a.ndjson")).hasSize(lines.size() - good.size());
                });
    }

    /** Of all ways to cut the tokens into conforming messages, the one with the fewest. */
    private static int fewest(List<SizedLine> tokens) {
        int[] fewest = new int[tokens.size() + 1];
        for (int to = 1; to < fewest.length; to++) {
            fewest[to] = Integer.MAX_VALUE;
            int bytes = FRAME - 1;
            for (int from = to - 1; from >= 0 && to - from <= RefreshRequestLimits.TOKENS; from--) {
                bytes += tokens.get(from).bytes() + 1;
                if (bytes > RefreshRequestLimits.BODY_BYTES) {
                    break;
                }
                fewest[to] = Math.min(fewest[to], fewest[from] + 1);
            }
        }
        return fewest[tokens.size()];
    }
}
