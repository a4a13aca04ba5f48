package dev.nftrefresh.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.seeded.SeededProperty;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RefusalSearchTest {
    /** What a search sent, and what it found. */
    private record Found(int requests, Set<Integer> refusedAlone, Set<Integer> accepted) {}

    /** Searches in a request of so many tokens that was just refused for these. */
    private static Found search(int tokens, Set<Integer> bad) {
        var queued = new Queued(Instant.EPOCH);
        Deque<PlannedRequest> ready = new ArrayDeque<>();
        PlannedRequest refused = PlannedRequest.of(queued.addMany(Queued.SWORDS, 0, tokens));
        var found = new Found(0, new HashSet<>(), new HashSet<>());
        int requests = 0;
        ready.add(refused);
        while (!ready.isEmpty()) {
            PlannedRequest next = ready.removeFirst();
            requests++;
            List<Integer> ids =
                    next.updates().stream().map(QueuedUpdate::ordinal).toList();
            List<PlannedRequest> then;
            if (ids.stream().anyMatch(bad::contains)) {
                if (ids.size() == 1) {
                    assertThat(found.refusedAlone.add(ids.getFirst())).isTrue();
                }
                then = RefusalSearch.afterRefusal(next);
            } else {
                ids.forEach(id -> assertThat(found.accepted.add(id)).isTrue());
                then = RefusalSearch.afterAcceptance(next);
            }
            then.reversed().forEach(ready::addFirst);
        }
        return new Found(requests, found.refusedAlone, found.accepted);
    }

    @Test
    void everyRefusedTokenIsFoundAloneAndEveryOtherIsAcceptedOnce() {
        SeededProperty.of("every refused token is found alone and every other is accepted once")
                .check(choices -> {
                    int tokens = choices.note("tokens", choices.between(1, 250));
                    Set<Integer> bad =
                            choices.note("bad", new HashSet<>(choices.listOf(0, 250, each -> each.between(0, 249))));
                    bad.removeIf(id -> id >= tokens);

                    Found found = search(tokens, bad);

                    assertThat(found.refusedAlone).isEqualTo(bad);
                    assertThat(found.accepted).hasSize(tokens - bad.size()).noneMatch(bad::contains);
                    // Two requests a level and refused token, and the steps of the first search, which took only one to
                    // be guilty.
                    assertThat(found.requests).isLessThanOrEqualTo(1 + 10 + 2 * 8 * bad.size());
                });
    }

    @Test
    void oneRefusedTokenOf250TakesTenMoreRequestsAtMostWhereverItIs() {
        for (int bad = 0; bad < 250; bad++) {
            // The request itself, eight halves, and those of the token alone and of what waited that are not among
            // them.
            assertThat(search(250, Set.of(bad)).requests()).isLessThanOrEqualTo(11);
        }
    }

    @Test
    void whatASearchHasNotSettledIsEveryPartOfIt() {
        var queued = new Queued(Instant.EPOCH);
        PlannedRequest refused = PlannedRequest.of(queued.addMany(Queued.SWORDS, 0, 8));
        PlannedRequest half = RefusalSearch.afterRefusal(refused).getFirst();
        PlannedRequest quarter = RefusalSearch.afterRefusal(half).getFirst();

        assertThat(RefusalSearch.unsettled(quarter)).extracting(List::size).containsExactly(2, 2, 4);
    }
}
