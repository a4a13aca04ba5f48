package dev.nftrefresh.pass;

import dev.nftrefresh.batch.Vacancy;
import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.pacing.RefreshGate.Request;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request that may go next.
 *
 * @param collection whose tokens these are
 * @param updates each token once
 * @param search the search for refused tokens of which this is the question, if it is one
 * @param failures how often it failed in this pass
 * @param keepsCompany whether tokens that are not its own may go with it
 */
record PlannedRequest(
        CollectionId collection,
        List<QueuedUpdate> updates,
        @Nullable RefusedTokenSearch<QueuedUpdate> search,
        int failures,
        boolean keepsCompany) {
    static PlannedRequest of(List<QueuedUpdate> updates) {
        return of(updates, true);
    }

    /** A request whose tokens others must not be held up by, or must not be joined to. */
    static PlannedRequest apart(List<QueuedUpdate> updates) {
        return of(updates, false);
    }

    private static PlannedRequest of(List<QueuedUpdate> updates, boolean keepsCompany) {
        return new PlannedRequest(updates.getFirst().token().key().collection(), updates, null, 0, keepsCompany);
    }

    /** The next question of a search. */
    static PlannedRequest of(CollectionId collection, RefusedTokenSearch<QueuedUpdate> search) {
        return new PlannedRequest(collection, search.next(), search, 0, false);
    }

    /** The same request with only these of its updates. */
    PlannedRequest with(List<QueuedUpdate> kept) {
        return new PlannedRequest(collection, kept, search, failures, keepsCompany);
    }

    /** The same request after one more failure. */
    PlannedRequest failedAgain() {
        return new PlannedRequest(collection, updates, search, failures + 1, keepsCompany);
    }

    /** Whether others may be sent with it: not in a search, nor after a failure that one of them may have caused. */
    boolean takesOthers() {
        return keepsCompany
                && failures == 0
                && updates.stream().noneMatch(update -> update.message().sendAlone());
    }

    /** Whether its tokens may be why requests failed: it goes by itself, but no sooner than others. */
    boolean isSuspicious() {
        return !keepsCompany && search == null && failures == 0;
    }

    Set<TokenKey> keys() {
        return updates.stream().map(update -> update.token().key()).collect(Collectors.toSet());
    }

    Vacancy vacancy() {
        return Vacancy.beside(
                updates.stream().map(update -> update.token().json()).toList());
    }

    /** What the gate is asked for in this lane. */
    Request asked(Lane lane) {
        boolean isPartlyFilled = vacancy().takesAny() && (takesOthers() || isSuspicious());
        return new Request(collection, updates.size(), !isPartlyFilled, search != null, lane, !isSuspicious());
    }

    /** How old its oldest update is; never negative. */
    Duration age(Instant now) {
        Duration age = updates.stream()
                .map(update -> Duration.between(update.message().firstSentAt(), now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Deliveries of the update that had most. */
    int deliveries() {
        return updates.stream()
                .mapToInt(update -> update.message().attempts())
                .max()
                .orElse(1);
    }
}
