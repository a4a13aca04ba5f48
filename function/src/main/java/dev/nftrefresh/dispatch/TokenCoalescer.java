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
 * The updates of an event by token. Only a token's newest update is sent; the older ones wait for its outcome. If it is
 * accepted they are superseded; if it is refused the next newest is tried. Of several copies of one update only the one
 * that was sent to the queue last returns to it.
 */
final class TokenCoalescer {
    /**
     * The copy that was sent last must stay: a message with the remainder of another is sent before that one is
     * deleted, while SQS may deliver an earlier one that is deleted already. The order does not depend on the event, or
     * two invocations could each keep what the other deletes.
     */
    private static final Comparator<QueuedMessage> BY_SENT_TIME =
            Comparator.comparing(QueuedMessage::sentAt).thenComparing(QueuedMessage::messageId);

    private static final Comparator<QueuedUpdate> BY_VERSION = Comparator.comparing(
                    (QueuedUpdate update) -> update.token().version())
            .thenComparing(QueuedUpdate::message, BY_SENT_TIME);

    /** A remainder of several messages has the age of the oldest, which is less than this older than the newest. */
    private static final Duration MAX_REMAINDER_AGE_GAP = Duration.ofDays(1);

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
            ofToken.sort(BY_VERSION);
            ready.add(ofToken.getLast());
        }
    }

    /** The updates that became ready since the last call, the first queued first. */
    List<QueuedUpdate> takeReady() {
        var taken = new ArrayList<>(ready);
        ready.clear();
        taken.sort(
                Comparator.comparing((QueuedUpdate update) -> update.message().firstSentAt())
                        .thenComparingInt(QueuedUpdate::ordinal));
        return taken;
    }

    /** Whether an update is ready that was not taken yet. */
    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** Settles a token's newest update, and with it those that waited for it. */
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
     * Rejects an update that the API refused alone, and its copies, which it would refuse too: SQS delivers twice, and
     * keeps what could not be deleted. Then the next older update of the token becomes ready.
     *
     * @param refusedAt a copy that was queued after this is sent again, as the cause may be fixed
     * @return all that were rejected
     */
    @SuppressWarnings("ReferenceEquality") // a copy equals it
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
     * Returns the updates that waited for one that stays in the queue. Its copies in other messages need not stay as
     * well: messages that could not be deleted would multiply, as each sends its remainder.
     */
    private void settleWaiting(List<QueuedUpdate> waiting, QueuedUpdate update, Duration retryIn) {
        for (QueuedUpdate other : waiting) {
            // Lambda deletes and returns by message id, so a second delivery of the same message stays with it.
            // A token that is in two files, or twice in one, counts as two tokens in their reports.
            boolean isCopy = isSameUpdate(other, update)
                    && other.place().equals(update.place())
                    && !other.message().messageId().equals(update.message().messageId());
            tokenOutcomes.set(other, isCopy && !expiresLater(other, update) ? new Duplicate() : new Returned(retryIn));
        }
        waiting.clear();
    }

    /** Whether a producer sent it again, days after the one that stays: the two must not expire together. */
    private static boolean expiresLater(QueuedUpdate other, QueuedUpdate staying) {
        return other.message()
                .firstSentAt()
                .isAfter(staying.message().firstSentAt().plus(MAX_REMAINDER_AGE_GAP));
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
