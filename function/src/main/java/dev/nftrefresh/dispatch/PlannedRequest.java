package dev.nftrefresh.dispatch;

import dev.nftrefresh.batch.RemainingCapacity;
import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.ratelimit.UpdateLane;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A request that may be sent next.
 *
 * @param collection whose tokens these are
 * @param updates each token once
 * @param search the search for refused tokens whose question this is; null if it is none
 * @param failures how often it failed in this pass
 * @param isCombinable whether other tokens may be sent with it
 */
record PlannedRequest(
        CollectionId collection,
        List<QueuedUpdate> updates,
        @Nullable RefusedTokenSearch<QueuedUpdate> search,
        int failures,
        boolean isCombinable) {
    static PlannedRequest of(List<QueuedUpdate> updates) {
        return of(updates, true);
    }

    /** A request that is sent separately, because its tokens could delay others or be harmed by them. */
    static PlannedRequest separate(List<QueuedUpdate> updates) {
        return of(updates, false);
    }

    private static PlannedRequest of(List<QueuedUpdate> updates, boolean isCombinable) {
        return new PlannedRequest(updates.getFirst().token().key().collection(), updates, null, 0, isCombinable);
    }

    /** The next question of a search. */
    static PlannedRequest of(CollectionId collection, RefusedTokenSearch<QueuedUpdate> search) {
        return new PlannedRequest(collection, search.next(), search, 0, false);
    }

    /** The same request with only these of its updates. */
    PlannedRequest with(List<QueuedUpdate> kept) {
        return new PlannedRequest(collection, kept, search, failures, isCombinable);
    }

    /** The same request after one more failure. */
    PlannedRequest failedAgain() {
        return new PlannedRequest(collection, updates, search, failures + 1, isCombinable);
    }

    /** The same as a later pass plans it, where failures in this one do not count. */
    PlannedRequest inLaterPass() {
        return new PlannedRequest(collection, updates, search, 0, isCombinable);
    }

    /**
     * Whether other tokens may be sent with it: not in a search, nor after a failure that one of them may have caused.
     */
    boolean acceptsOthers() {
        return isCombinable
                && failures == 0
                && updates.stream().noneMatch(update -> update.message().isSentAlone());
    }

    /** Whether its tokens may be why requests failed: it is sent separately, but no sooner than others. */
    boolean isSuspicious() {
        return !isCombinable && search == null && failures == 0;
    }

    Set<TokenKey> keys() {
        return updates.stream().map(update -> update.token().key()).collect(Collectors.toSet());
    }

    RemainingCapacity remainingCapacity() {
        return RemainingCapacity.after(
                updates.stream().map(update -> update.token().json()).toList());
    }

    /** The permit to request for it in this lane. */
    PermitRequest permitRequest(UpdateLane lane) {
        boolean isPartlyFilled = remainingCapacity().fitsAnyToken() && (acceptsOthers() || isSuspicious());
        return new PermitRequest(collection, updates.size(), !isPartlyFilled, search != null, lane, !isSuspicious());
    }

    /** One update each of so many of its messages, evenly spread. */
    List<QueuedUpdate> sample(int messages) {
        Set<QueuedMessage> seen = IdentitySet.empty();
        List<QueuedUpdate> firsts =
                updates.stream().filter(update -> seen.add(update.message())).toList();
        int size = Math.min(messages, firsts.size());
        return IntStream.range(0, size)
                .mapToObj(i -> firsts.get(i * firsts.size() / size))
                .toList();
    }

    /** How old its oldest update is; never negative. */
    Duration age(Instant now) {
        Duration age = updates.stream()
                .map(update -> Duration.between(update.message().firstSentAt(), now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** The highest number of deliveries among its updates. */
    int deliveries() {
        return updates.stream()
                .mapToInt(update -> update.message().attempts())
                .max()
                .orElse(1);
    }
}
