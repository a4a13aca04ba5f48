package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SHIELDS;
import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SearchProgress;
import dev.nftrefresh.queue.TokenOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that makes the API answer 500 is found because its requests get smaller with each failure. */
class FailingTokenTest {
    private static final Set<String> POISON = Set.of("17", "203");
    private static final Instant MADE = Instant.parse("2026-11-23T10:00:00Z");
    private static final RefreshOutcome SERVER_ERROR = new RefreshOutcome.Unknown("status 500");

    @ParameterizedTest(name = "other collections are accepted beside it: {0}")
    @ValueSource(booleans = {true, false})
    void theOtherTokensOfItsRequestAreAccepted(boolean others) {
        var run = new PassRunner(request -> request.tokenIds().stream().anyMatch(POISON::contains)
                        && request.collection().equals(SWORDS)
                ? SERVER_ERROR
                : ScriptedApi.ACCEPTED);
        List<Integer> left = new ArrayList<>();
        for (int id = 0; id < 250; id++) {
            left.add(id);
        }
        int passes = 0;
        while (left.size() > POISON.size() && passes++ < 100) {
            var queued = new QueuedUpdateBuilder(run.now());
            for (int id : left) {
                queued.addAgedMadeAt(SWORDS, Integer.toString(id), Duration.ofMinutes(5), 1 + passes, MADE);
            }
            if (others) {
                queued.addMany(SHIELDS, passes * 1000, 250);
            }
            var tokenOutcomes = run.over(queued.updates());
            for (QueuedUpdate update : queued.updates()) {
                if (update.token().key().collection().equals(SWORDS)
                        && tokenOutcomes.apply(update) instanceof TokenOutcome.Accepted) {
                    left.remove(Integer.valueOf(update.token().key().tokenId()));
                }
                assertThat(tokenOutcomes.apply(update)).isNotInstanceOf(TokenOutcome.Rejected.class);
            }
            run.later(Duration.ofMinutes(20));
        }

        assertThat(left).containsExactly(17, 203);
        assertThat(run.api.requests().size())
                .as("requests in " + passes + " passes")
                .isLessThan(150);
    }

    @Test
    void whileTheApiIsDownEachPassSendsOneSmallProbe() {
        var run = new PassRunner(_ -> SERVER_ERROR);
        var first = new QueuedUpdateBuilder(run.now());
        first.addMany(SWORDS, 0, 2500);
        run.over(first.updates());
        int before = run.api.requests().size();
        assertThat(before).isLessThanOrEqualTo(16 + 3);

        run.later(Duration.ofMinutes(20));
        run.over(first.updates());

        assertThat(run.api.requests().size() - before).isEqualTo(1);
        assertThat(run.api.requests().getLast().tokenIds()).hasSizeLessThanOrEqualTo(128);
    }

    @Test
    void whileTheApiIsDownManyGroupsOfMessagesShareTheProbes() {
        var run = new PassRunner(_ -> SERVER_ERROR);
        Instant begin = run.now();
        Instant[] due = new Instant[40];
        Arrays.fill(due, begin);
        int[] deliveries = new int[due.length];
        while (run.now().isBefore(begin.plus(Duration.ofHours(6)))) {
            for (int group = 0; group < due.length; group++) {
                if (!due[group].isAfter(run.now())) {
                    var queued = new QueuedUpdateBuilder(run.now());
                    QueuedUpdate update = queued.addAgedMadeAt(
                            SWORDS,
                            Integer.toString(group),
                            Duration.between(begin, run.now()),
                            ++deliveries[group],
                            MADE);
                    var tokenOutcome =
                            (TokenOutcome.Returned) run.over(queued.updates()).apply(update);
                    due[group] = run.now().plus(tokenOutcome.retryIn());
                }
            }
            run.later(Duration.ofSeconds(5));
        }

        // At most one each 30 s; if each group probed for itself there would be more than 40 x 4 an hour.
        assertThat(run.api.requests().size()).isBetween(100, 6 * 120 + 10);
        assertThat(Arrays.stream(deliveries).max().orElseThrow()).isLessThan(10 + 6 * 8);
    }

    /**
     * A5 for messages that are sent alone: a token that makes the API answer 500 fails the other tokens of its part.
     */
    @Test
    void aTokenThatMakesTheApiFailIsFoundInAMessageSentAloneToo() {
        var run = new PassRunner(request ->
                request.collection().equals(SWORDS) && request.tokenIds().contains("17")
                        ? SERVER_ERROR
                        : ScriptedApi.ACCEPTED);
        List<String> left = new ArrayList<>(
                IntStream.range(0, 125).mapToObj(Integer::toString).toList());
        for (int pass = 0; pass < 200 && left.size() > 1; pass++) {
            var queued = new QueuedUpdateBuilder(run.now());
            List<QueuedUpdate> alone =
                    queued.addAlone(SWORDS, List.copyOf(left), Duration.ofHours(1), 2 + pass, SearchProgress.BEGUN);
            queued.addMany(SHIELDS, 1000 * pass, 250);
            var tokenOutcomes = run.over(queued.updates());
            for (QueuedUpdate update : alone) {
                if (tokenOutcomes.apply(update) instanceof TokenOutcome.Accepted) {
                    left.remove(update.token().key().tokenId());
                }
            }
            run.later(Duration.ofMinutes(20));
        }

        assertThat(left).as("after 200 passes in 67 hours").containsExactly("17");
    }

    /** Otherwise it would be tried several times in each pass, as acceptances of others count as a working API. */
    @Test
    void aTokenThatFailsAloneIsTriedLessAndLessOften() {
        var run = new PassRunner(request -> request.tokenIds().contains("17") ? SERVER_ERROR : ScriptedApi.ACCEPTED);
        Instant begin = run.now();
        Instant due = begin;
        for (int pass = 1; run.now().isBefore(begin.plus(Duration.ofHours(12))); pass++) {
            var queued = new QueuedUpdateBuilder(run.now());
            queued.add(SHIELDS, Integer.toString(1_000 + pass));
            if (!run.now().isBefore(due)) {
                QueuedUpdate poison =
                        queued.addAgedMadeAt(SWORDS, "17", Duration.between(begin, run.now()), 1 + pass, MADE);
                var tokenOutcome =
                        (TokenOutcome.Returned) run.over(queued.updates()).apply(poison);
                due = run.now().plus(tokenOutcome.retryIn());
            } else {
                run.over(queued.updates());
            }
            run.later(Duration.ofSeconds(30));
        }

        long probed = run.api.requests().stream()
                .filter(request -> request.tokenIds().contains("17"))
                .count();
        // Waits that double up to 15 minutes, half of each random.
        assertThat(probed).isBetween(40L, 10L + 2 * 4 * 12);
    }
}
