package dev.nftrefresh.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** An API that refuses some tokens and may name them, and a search that calls it until all tokens are decided. */
final class SearchedApi {
    /** The indexes that an answer names when it refuses a request. */
    interface RefusalHint {
        List<Integer> of(List<Integer> request, BitSet bad);
    }

    static final RefusalHint NONE = (_, _) -> List.of();

    static final RefusalHint FIRST_REFUSED = (request, bad) -> IntStream.range(0, request.size())
            .filter(place -> bad.get(request.get(place)))
            .limit(1)
            .boxed()
            .toList();

    static final RefusalHint FIRST_ACCEPTABLE = (request, bad) -> IntStream.range(0, request.size())
            .filter(place -> !bad.get(request.get(place)))
            .limit(1)
            .boxed()
            .toList();

    /** Any number of any indexes, some of them outside the request. */
    static RefusalHint random(Random random) {
        return (request, _) -> IntStream.range(0, random.nextInt(6))
                .map(_ -> random.nextInt(-1, request.size() + 1))
                .boxed()
                .toList();
    }

    private final BitSet bad;
    private final RefusalHint hint;
    private final Set<Integer> accepted = new HashSet<>();
    private final Set<Integer> refusedAlone = new HashSet<>();
    private int tokensAccepted;
    private int tokensRefused;
    private int requests;
    private int waits;

    SearchedApi(BitSet bad, RefusalHint hint) {
        this.bad = bad;
        this.hint = hint;
    }

    /** So many randomly chosen tokens, the same for the same seed. */
    static BitSet some(int bad, int tokens, long seed) {
        var all = new ArrayList<>(tokens(tokens));
        Collections.shuffle(all, new Random(seed));
        var some = new BitSet();
        all.subList(0, bad).forEach(some::set);
        return some;
    }

    static List<Integer> tokens(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    int requests() {
        return requests;
    }

    /** How often a question was sent when nothing seemed to be accepted. */
    int waits() {
        return waits;
    }

    Set<Integer> accepted() {
        return accepted;
    }

    Set<Integer> refusedAlone() {
        return refusedAlone;
    }

    /** Searches in a request of so many tokens, the request itself included, until each is decided. */
    SearchedApi search(int tokens) {
        var search = RefusedTokenSearch.of(tokens(tokens));
        while (!search.isFinished()) {
            step(search);
        }
        assertThat(accepted).hasSize(tokens - bad.cardinality()).noneMatch(bad::get);
        assertThat(refusedAlone).hasSize(bad.cardinality()).allMatch(bad::get);
        // Each once.
        assertThat(tokensAccepted).isEqualTo(accepted.size());
        assertThat(tokensRefused).isEqualTo(refusedAlone.size());
        assertThat(search.acceptedTokens()).hasSameElementsAs(accepted);
        assertThat(search.refusedAlone()).hasSameElementsAs(refusedAlone);
        assertThat(search.next()).isEmpty();
        return this;
    }

    /** One request and its answer. */
    void step(RefusedTokenSearch<Integer> search) {
        waits += search.isNothingAccepted() ? 1 : 0;
        List<Integer> request = search.next();
        assertThat(request).isNotEmpty();
        requests++;
        if (request.stream().noneMatch(bad::get)) {
            accepted.addAll(request);
            tokensAccepted += request.size();
            search.accepted();
        } else {
            if (request.size() == 1) {
                refusedAlone.add(request.getFirst());
                tokensRefused++;
            }
            search.refused(hint.of(request, bad));
        }
    }
}
