package dev.nftrefresh.bulkload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The same tokens make the same messages, to the letter, however they are written. */
final class AnyFileShapePropertyTest {
    private static BulkFileLine line(ChoiceSequence choices) {
        @Nullable Integer id = choices.chance(9, 10) ? choices.between(1, 1_000) : null;
        @Nullable Integer own = choices.chance(2, 5) ? choices.between(0, 2) : null;
        return new BulkFileLine(id, own);
    }

    @Test
    void theSameTokensMakeTheSameMessagesHoweverTheyAreWritten() {
        SeededProperty.of("the same tokens make the same messages however they are written")
                .tries(50)
                .check(choices -> {
                    List<BulkFileLine> lines =
                            choices.note("lines", choices.listOf(1, 300, AnyFileShapePropertyTest::line));
                    String description = "x".repeat(choices.note("large", choices.flip()) ? 15_000 : 0);
                    List<String> expected = messages(BulkFileShape.NDJSON, lines, description);

                    for (BulkFileShape shape : BulkFileShape.values()) {
                        assertThat(messages(shape, lines, description))
                                .as(shape.name())
                                .isEqualTo(expected);
                    }
                });
    }

    private static List<String> messages(BulkFileShape shape, List<BulkFileLine> lines, String description) {
        var stage = new BulkLoaderFixture();
        assertThat(stage.deliver(stage.upload(shape.name, shape.bytes(lines, description))))
                .isFalse();
        assertThat(stage.tokens())
                .hasSize((int) lines.stream().filter(BulkFileLine::good).count());
        // Calls are under way side by side, so that the queue may take them in another order.
        return stage.outside.bodies.stream().sorted().toList();
    }
}
