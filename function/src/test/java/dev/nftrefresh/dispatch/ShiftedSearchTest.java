package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.queue.SearchProgress;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A search that continues in its message, whose first token was settled meanwhile. */
final class ShiftedSearchTest {
    private final PassRunner run = new PassRunner(_ -> ScriptedApi.ACCEPTED);

    @Test
    void whatWasKnownOfASettledTokenIsNotTakenForKnownOfTheNextOne() {
        var newer = new QueuedUpdateBuilder(run.now());
        newer.addMadeAt(SWORDS, "0", run.now());
        run.over(newer.updates());
        var queued = new QueuedUpdateBuilder(run.now());
        queued.addAlone(
                SWORDS,
                IntStream.range(0, 20).mapToObj(Integer::toString).toList(),
                Duration.ofMinutes(1),
                2,
                new SearchProgress(1, 20, false, 0, 0, 0, SearchProgress.SPARE, false)); // 0 was named

        run.over(queued.updates());

        assertThat(run.api.requests().get(1).tokenIds())
                .as("token 1, which no answer named, is not asked alone")
                .hasSizeGreaterThan(1);
    }
}
