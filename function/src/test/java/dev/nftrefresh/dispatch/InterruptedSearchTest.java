package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SHIELDS;
import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SearchProgress;
import dev.nftrefresh.queue.TokenOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A search beside a collection that sends a request each 30 seconds: it waits for its share longer than a pass waits,
 * so it continues in one pass after the other, in messages of its own.
 */
class InterruptedSearchTest {
    private static final int FULL = 250;
    private static final Duration BETWEEN_PASSES = Duration.ofSeconds(30);

    private final List<SearchMessage> queue = new ArrayList<>();
    private int rejected;

    /** A message of the collection that is searched. */
    private record SearchMessage(
            List<String> ids,
            Instant due,
            int attempts,
            @Nullable SearchProgress search) {}

    private static PassRunner refusing(Predicate<String> refused) {
        return new PassRunner(request -> request.collection().equals(SWORDS)
                        && request.tokenIds().stream().anyMatch(refused)
                ? ScriptedApi.REFUSED
                : ScriptedApi.ACCEPTED);
    }

    private static long requests(PassRunner run) {
        return run.api.requests().stream()
                .filter(request -> request.collection().equals(SWORDS))
                .count();
    }

    @Test
    void anInterruptedSearchTakesAsManyRequestsAsOneInASinglePass() {
        List<String> refused = List.of("17", "60", "111", "203", "240");
        PassRunner run = refusing(refused::contains);
        queue.add(full(run));
        for (int pass = 1; pass <= 2_000 && !queue.isEmpty(); pass++) {
            pass(run, pass);
        }

        assertThat(rejected).isEqualTo(refused.size());
        // RefusedTokenSearchTest: 46 is the maximum of 500 seeds.
        assertThat(requests(run)).isLessThanOrEqualTo(46);
    }

    @Test
    void aCollectionWhoseEveryRequestIsRefusedWaitsLongerEachTime() {
        PassRunner run = refusing(_ -> true);
        queue.add(full(run));
        for (int pass = 1; pass <= 120; pass++) {
            pass(run, pass);
        }

        assertThat(requests(run)).as("in an hour").isLessThanOrEqualTo(30);
        assertThat(rejected).isLessThanOrEqualTo(15);
    }

    private static SearchMessage full(PassRunner run) {
        return new SearchMessage(
                IntStream.range(0, FULL).mapToObj(Integer::toString).toList(), run.now(), 1, null);
    }

    private void pass(PassRunner run, int number) {
        var queued = new QueuedUpdateBuilder(run.now());
        queued.addMany(SHIELDS, 1_000 * number, 1);
        var from = new IdentityHashMap<QueuedUpdate, SearchMessage>();
        List<SearchMessage> due = queue.stream()
                .filter(message -> !message.due().isAfter(run.now()))
                .toList();
        queue.removeAll(due);
        for (SearchMessage message : due) {
            if (message.search() == null) {
                message.ids().forEach(id -> from.put(queued.add(SWORDS, id), message));
            } else {
                queued.addAlone(SWORDS, message.ids(), Duration.ofHours(1), message.attempts(), message.search())
                        .forEach(update -> from.put(update, message));
            }
        }
        Instant now = run.now();
        var tokenOutcomes = run.over(queued.updates());
        rejected += (int) from.keySet().stream()
                .filter(update -> tokenOutcomes.apply(update) instanceof TokenOutcome.Rejected)
                .count();
        comeBack(queued.updates(), from, tokenOutcomes, now);
        run.later(BETWEEN_PASSES);
    }

    private void comeBack(
            List<QueuedUpdate> updates,
            IdentityHashMap<QueuedUpdate, SearchMessage> from,
            Function<QueuedUpdate, TokenOutcome> tokenOutcomes,
            Instant now) {
        var searches = new IdentityHashMap<SearchProgress, List<QueuedUpdate>>();
        var returned = new IdentityHashMap<SearchMessage, List<QueuedUpdate>>();
        for (QueuedUpdate update : updates) {
            SearchMessage message = from.get(update);
            if (message == null) {
                continue;
            }
            switch (tokenOutcomes.apply(update)) {
                case TokenOutcome.SearchContinued(SearchProgress search, int _, Duration _) ->
                    searches.computeIfAbsent(search, _ -> new ArrayList<>()).add(update);
                case TokenOutcome.Returned _ ->
                    returned.computeIfAbsent(message, _ -> new ArrayList<>()).add(update);
                case TokenOutcome.Accepted _,
                        TokenOutcome.AcceptedBefore _,
                        TokenOutcome.Superseded _,
                        TokenOutcome.Duplicate _,
                        TokenOutcome.Rejected _ -> {}
            }
        }
        searches.forEach((search, tokens) -> {
            tokens.sort(Comparator.comparingInt(
                    update -> ((TokenOutcome.SearchContinued) tokenOutcomes.apply(update)).place()));
            var wait = ((TokenOutcome.SearchContinued) tokenOutcomes.apply(tokens.getFirst())).retryIn();
            queue.add(message(tokens, now.plus(wait), search));
        });
        returned.forEach((message, tokens) -> {
            var wait = ((TokenOutcome.Returned) tokenOutcomes.apply(tokens.getFirst())).retryIn();
            queue.add(message(tokens, now.plus(wait), message.search()));
        });
    }

    private static SearchMessage message(List<QueuedUpdate> tokens, Instant due, @Nullable SearchProgress search) {
        List<String> ids =
                tokens.stream().map(update -> update.token().key().tokenId()).toList();
        return new SearchMessage(ids, due, tokens.getFirst().message().attempts() + 1, search);
    }
}
