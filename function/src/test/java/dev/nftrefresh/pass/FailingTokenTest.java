package dev.nftrefresh.pass;

import static dev.nftrefresh.pass.Queued.SHIELDS;
import static dev.nftrefresh.pass.Queued.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SearchProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that makes the API answer 500 is found by its company, which gets smaller with each failure. */
class FailingTokenTest {
    private static final Set<String> POISON = Set.of("17", "203");
    private static final Instant MADE = Instant.parse("2026-11-23T10:00:00Z");
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
                queued.addAgedMadeAt(SWORDS, Integer.toString(id), Duration.ofMinutes(5), 1 + passes, MADE);
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

    /** At the pace of others' acceptances it would use up its 950 receives within hours, and most of an hour's quota. */
    @Test
    void whatFailsAloneWaitsLongerEachTimeThoughOthersAreAccepted() {
        var run = new PassRun(request -> request.collection().equals(SWORDS) ? SERVER_ERROR : ScriptedApi.ACCEPTED);
        Instant begin = run.now();
        int passes = 0;
        while (run.now().isBefore(begin.plus(Duration.ofHours(3)))) {
            var queued = new Queued(run.now());
            Duration age = Duration.between(begin, run.now());
            QueuedUpdate failing = queued.addAgedMadeAt(SWORDS, "17", age, 1 + passes, MADE);
            queued.addMany(SHIELDS, passes * 1000, 250);
            passes++;
            var fates = run.over(queued.updates());
            run.later(((Fate.Returned) fates.apply(failing)).retryIn());
        }

        assertThat(passes).as("receives in 3 hours").isLessThanOrEqualTo(30);
        assertThat(run.api.requests().stream()
                        .filter(request -> request.collection().equals(SWORDS))
                        .count())
                .as("requests with it")
                .isLessThanOrEqualTo(40);
    }

    /** A5 for messages that go alone: a token that makes the API answer 500 takes the others of its part with it. */
    @Test
    void aTokenThatMakesTheApiFailIsFoundInAMessageThatGoesAloneToo() {
        var run = new PassRun(request ->
                request.collection().equals(SWORDS) && request.tokenIds().contains("17")
                        ? SERVER_ERROR
                        : ScriptedApi.ACCEPTED);
        List<String> left = new ArrayList<>(
                IntStream.range(0, 125).mapToObj(Integer::toString).toList());
        for (int pass = 0; pass < 200 && left.size() > 1; pass++) {
            var queued = new Queued(run.now());
            List<QueuedUpdate> alone =
                    queued.addAlone(SWORDS, List.copyOf(left), Duration.ofHours(1), 2 + pass, SearchProgress.BEGUN);
            queued.addMany(SHIELDS, 1000 * pass, 250);
            var fates = run.over(queued.updates());
            for (QueuedUpdate update : alone) {
                if (fates.apply(update) instanceof Fate.Accepted) {
                    left.remove(update.token().key().tokenId());
                }
            }
            run.later(Duration.ofMinutes(20));
        }

        assertThat(left).as("after 200 passes in 67 hours").containsExactly("17");
    }
}
