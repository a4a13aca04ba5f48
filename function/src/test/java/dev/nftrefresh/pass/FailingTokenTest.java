package dev.nftrefresh.pass;

import static dev.nftrefresh.pass.Queued.SHIELDS;
import static dev.nftrefresh.pass.Queued.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that makes the API answer 500 is found by its company, which gets smaller with each failure. */
class FailingTokenTest {
    private static final Set<String> POISON = Set.of("17", "203");
    private static final RefreshOutcome SERVER_ERROR = new RefreshOutcome.Unknown("status 500");

    @ParameterizedTest(name = "other collections are accepted beside it: {0}")
    @ValueSource(booleans = {true, false})
    void theOthersOfItsRequestAreAccepted(boolean others) {
        var run = new PassRun(request -> request.tokenIds().stream().anyMatch(POISON::contains)
                        && request.collection().equals(SWORDS)
                ? SERVER_ERROR
                : ScriptedApi.ACCEPTED);
        List<Integer> left = new ArrayList<>();
        for (int id = 0; id < 250; id++) {
            left.add(id);
        }
        int passes = 0;
        while (left.size() > POISON.size() && passes++ < 100) {
            var queued = new Queued(run.now());
            for (int id : left) {
                queued.addAged(SWORDS, Integer.toString(id), Duration.ofMinutes(5), 1 + passes);
            }
            if (others) {
                queued.addMany(SHIELDS, passes * 1000, 250);
            }
            var fates = run.over(queued.updates());
            for (QueuedUpdate update : queued.updates()) {
                if (update.token().key().collection().equals(SWORDS) && fates.apply(update) instanceof Fate.Accepted) {
                    left.remove(Integer.valueOf(update.token().key().tokenId()));
                }
                assertThat(fates.apply(update)).isNotInstanceOf(Fate.Rejected.class);
            }
            run.later(Duration.ofMinutes(20));
        }

        assertThat(left).containsExactly(17, 203);
        assertThat(run.api.requests().size())
                .as("requests in " + passes + " passes")
                .isLessThan(150);
    }

    @Test
    void whileTheApiIsDownOneSmallRequestAPassFindsOut() {
        var run = new PassRun(_ -> SERVER_ERROR);
        var first = new Queued(run.now());
        first.addMany(SWORDS, 0, 2500);
        run.over(first.updates());
        int before = run.api.requests().size();
        assertThat(before).isLessThanOrEqualTo(16 + 3);

        run.later(Duration.ofMinutes(20));
        run.over(first.updates());

        assertThat(run.api.requests().size() - before).isEqualTo(1);
        assertThat(run.api.requests().getLast().tokenIds()).hasSizeLessThanOrEqualTo(128);
    }
}
