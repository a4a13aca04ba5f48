package dev.nftrefresh.dispatch;

import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SearchProgress;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.queue.TokenOutcome.Accepted;
import dev.nftrefresh.queue.TokenOutcome.AcceptedBefore;
import dev.nftrefresh.queue.TokenOutcome.Duplicate;
import dev.nftrefresh.queue.TokenOutcome.Rejected;
import dev.nftrefresh.queue.TokenOutcome.Returned;
import dev.nftrefresh.queue.TokenOutcome.SearchContinued;
import dev.nftrefresh.queue.TokenOutcome.Superseded;
import dev.nftrefresh.update.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The updates of an event by token. Only the newest of a token contends; the older ones wait for what becomes of it:
 * once it is accepted they are superseded, if it is refused the next one gets its turn. Of copies of one update only the one
 * that was sent to the queue last goes back to it.
 */
final class TokenCoalescer {
    /**
     * The copy that was sent last is the one that must stay: whatever is done with a message, a later one with the rest of it
     * was sent before it was deleted, while SQS may deliver an earlier one that was deleted already. The order is the same in
     * whatever event they meet, or two invocations could each keep what the other deletes.
     */
    private static final Comparator<QueuedMessage> SENT_LAST =
            Comparator.comparing(QueuedMessage::sentAt).thenComparing(QueuedMessage::messageId);

    private static final Comparator<QueuedUpdate> NEWEST_LAST = Comparator.comparing(
                    (QueuedUpdate update) -> update.token().version())
            .thenComparing(QueuedUpdate::message, SENT_LAST);

    /** A message with the rest of others is as old as the oldest of them, which is less than this older than the youngest. */
    private static final Duration OLDER_THAN_ITS_SOURCE = Duration.ofDays(1);

    private final Map<TokenKey, List<QueuedUpdate>> byToken;
    private final TokenOutcomes tokenOutcomes;
    private final List<QueuedUpdate> ready = new ArrayList<>();

    TokenCoalescer(Collection<QueuedUpdate> updates, TokenOutcomes tokenOutcomes) {
        this.tokenOutcomes = tokenOutcomes;
        byToken = HashMap.newHashMap(updates.size());
        for (QueuedUpdate update : updates) {
            byToken.computeIfAbsent(update.token().key(), _ -> new ArrayList<>(1))
                    .add(update);
        }
        for (List<QueuedUpdate> ofToken : byToken.values()) {
            ofToken.sort(NEWEST_LAST);
            ready.add(ofToken.getLast());
        }
    }

    /** The updates whose turn has come since the last call, the first queued first. */
    List<QueuedUpdate> takeReady() {
        var taken = new ArrayList<>(ready);
        ready.clear();
        taken.sort(
                Comparator.comparing((QueuedUpdate update) -> update.message().firstSentAt())
                        .thenComparingInt(QueuedUpdate::ordinal));
        return taken;
    }

    /** Whether a turn has come that was not taken yet. */
    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** Settles the update whose turn it is, and with it those that waited for it. */
    void settle(QueuedUpdate update, TokenOutcome tokenOutcome) {
        List<QueuedUpdate> waiting =
                Objects.requireNonNull(byToken.get(update.token().key()));
        waiting.removeLast();
        tokenOutcomes.set(update, tokenOutcome);
        switch (tokenOutcome) {
            case Accepted _, AcceptedBefore _ -> settleAccepted(waiting, update);
            case Superseded _, Duplicate _ -> settleAll(waiting, new Superseded());
            case Returned(var retryIn) -> settleWaiting(waiting, update, retryIn);
            case SearchContinued(SearchProgress _, int _, var retryIn) -> settleWaiting(waiting, update, retryIn);
            case Rejected _ -> {
                if (!waiting.isEmpty()) {
                    ready.add(waiting.getLast());
                }
            }
        }
    }

    /**
     * Rejects what the API refused alone, and with it its copies, which it would refuse too: SQS delivers twice, and keeps
     * what could not be deleted. Then an older update of the token gets its turn.
     *
     * @param refusedAt a copy that was queued after that is asked for anew, as its cause may be fixed
     * @return all that were rejected
     */
    @SuppressWarnings("ReferenceEquality") // a copy of it is equal to it
    List<QueuedUpdate> reject(QueuedUpdate update, Rejected tokenOutcome, Instant refusedAt) {
        List<QueuedUpdate> waiting =
                Objects.requireNonNull(byToken.get(update.token().key()));
        List<QueuedUpdate> copies = waiting.stream()
                .filter(other -> other != update
                        && isSameUpdate(other, update)
                        && other.message().firstSentAt().isBefore(refusedAt))
                .toList();
        waiting.removeAll(copies);
        copies.forEach(copy -> tokenOutcomes.set(copy, tokenOutcome));
        settle(update, tokenOutcome);
        var rejected = new ArrayList<>(copies);
        rejected.add(update);
        return rejected;
    }

    /**
     * Returns what waited for an update that stays in the queue. Its copies in other messages need not stay as well: whatever
     * could not be deleted would grow to ever more messages, as each sends its remainder.
     */
    private void settleWaiting(List<QueuedUpdate> waiting, QueuedUpdate update, Duration retryIn) {
        for (QueuedUpdate other : waiting) {
            // Lambda deletes and returns by a message's id, so a second delivery of the same message stays with it.
            // A token that stands in two files, or twice in one, is two tokens of their reports.
            boolean isCopy = isSameUpdate(other, update)
                    && other.place().equals(update.place())
                    && !other.message().messageId().equals(update.message().messageId());
            tokenOutcomes.set(other, isCopy && !expiresLater(other, update) ? new Duplicate() : new Returned(retryIn));
        }
        waiting.clear();
    }

    /** Whether a producer sent it anew, days after the one that stays: it must not expire together with that. */
    private static boolean expiresLater(QueuedUpdate other, QueuedUpdate staying) {
        return other.message()
                .firstSentAt()
                .isAfter(staying.message().firstSentAt().plus(OLDER_THAN_ITS_SOURCE));
    }

    private static boolean isSameUpdate(QueuedUpdate one, QueuedUpdate ofSameToken) {
        return one.token().version().equals(ofSameToken.token().version());
    }

    private void settleAccepted(List<QueuedUpdate> waiting, QueuedUpdate accepted) {
        waiting.forEach(other ->
                tokenOutcomes.set(other, isSameUpdate(other, accepted) ? new AcceptedBefore() : new Superseded()));
        waiting.clear();
    }

    private void settleAll(List<QueuedUpdate> updates, TokenOutcome tokenOutcome) {
        updates.forEach(update -> tokenOutcomes.set(update, tokenOutcome));
        updates.clear();
    }
}
