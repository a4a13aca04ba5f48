package dev.nftrefresh.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The same tokens make the same messages, to the letter, however they are written. */
final class AnyShapePropertyTest {
    @Provide
    Arbitrary<List<Line>> lines() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 1_000).injectNull(0.1),
                        Arbitraries.integers().between(0, 2).injectNull(0.6))
                .as(Line::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(300);
    }

    @Property(tries = 50)
    void theSameTokensMakeTheSameMessagesHoweverTheyAreWritten(
            @ForAll("lines") List<Line> lines, @ForAll boolean large) {
        String description = "x".repeat(large ? 15_000 : 0);
        List<String> expected = messages(Shape.NDJSON, lines, description);

        for (Shape shape : Shape.values()) {
            assertThat(messages(shape, lines, description)).as(shape.name()).isEqualTo(expected);
        }
    }

    private static List<String> messages(Shape shape, List<Line> lines, String description) {
        var stage = new BulkStage();
        assertThat(stage.deliver(stage.upload(shape.name, shape.bytes(lines, description))))
                .isFalse();
        assertThat(stage.tokens())
                .hasSize((int) lines.stream().filter(Line::good).count());
        // Calls are under way side by side, so that the queue may take them in another order.
        return stage.outside.bodies.stream().sorted().toList();
    }
}
