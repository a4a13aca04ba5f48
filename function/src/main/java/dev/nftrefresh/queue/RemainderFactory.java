package dev.nftrefresh.queue;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.batch.RefreshRequestBody;
import dev.nftrefresh.queue.TokenOutcome.Returned;
import dev.nftrefresh.queue.TokenOutcome.SearchContinued;
import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.settled.FileTokenPositions;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the messages that are queued again when their source messages are finished: the remainder of a message of which
 * something else was accepted or rejected, and the rest of a search for a refused token, in a message of its own,
 * whatever messages its tokens came in.
 */
final class RemainderFactory {
    /** The most bytes of tokens and commas: a remainder is at most one request. */
    private static final int BATCH_BYTES = RefreshRequestLimits.BODY_BYTES - RefreshRequestBody.bytes(0, 0);

    private RemainderFactory() {}

    /** One token that is queued again, and its source message. */
    private record RemainingToken(
            MessageOutcome outcome,
            UpdateMessage message,
            TokenUpdate token,
            FileTokenPosition place,
            Duration retryIn) {}

    /** Compared by identity, as two searches with equal progress must not be mixed. */
    private record SearchIdentity(SearchProgress progress) {
        @Override
        @SuppressWarnings("ReferenceEquality") // identity is the purpose
        public boolean equals(@Nullable Object other) {
            return other instanceof SearchIdentity(SearchProgress same) && same == progress;
        }

        @Override
        public int hashCode() {
            return progress.hashCode();
        }
    }

    /** All messages to queue again, in the order in which their tokens arrived. */
    static List<OutgoingMessage> of(List<MessageOutcome> outcomes) {
        var messages = new ArrayList<OutgoingMessage>();
        var searches = new LinkedHashMap<SearchIdentity, Map<Long, Map<Integer, RemainingToken>>>();
        for (MessageOutcome outcome : outcomes) {
            if (MessageDisposition.on(outcome) instanceof MessageDisposition.Finished) {
                var rests = new ArrayList<RemainingToken>();
                for (int i = 0; i < outcome.tokenOutcomes().size(); i++) {
                    switch (outcome.tokenOutcomes().get(i)) {
                        case Returned(Duration retryIn) -> rests.add(rest(outcome, i, retryIn));
                        case SearchContinued(SearchProgress search, int place, Duration retryIn) ->
                            searches.computeIfAbsent(new SearchIdentity(search), _ -> new TreeMap<>())
                                    .computeIfAbsent(dayOf(outcome), _ -> new TreeMap<>())
                                    .put(place, rest(outcome, i, retryIn));
                        case TokenOutcome.Accepted _,
                                TokenOutcome.AcceptedBefore _,
                                TokenOutcome.Superseded _,
                                TokenOutcome.Duplicate _,
                                TokenOutcome.Rejected _ -> {}
                    }
                }
                SearchProgress search = outcome.message().search();
                messages.addAll(messages(rests, search == null ? null : search.ofSome()));
            }
        }
        searches.forEach((search, byDay) -> byDay.values()
                .forEach(byPlace -> messages.addAll(messages(
                        List.copyOf(byPlace.values()),
                        byDay.size() == 1
                                ? search.progress()
                                : search.progress().ofSome()))));
        return messages;
    }

    /** Updates that are days apart must not expire together because they were refused in one request. */
    private static long dayOf(MessageOutcome outcome) {
        return Math.floorDiv(
                outcome.message().firstSentAt().getEpochSecond(),
                Duration.ofDays(1).toSeconds());
    }

    private static RemainingToken rest(MessageOutcome outcome, int place, Duration retryIn) {
        UpdateMessage message = ((MessageReadResult.ParsedMessage) outcome.read()).message();
        TokenUpdate token = ((UpdateMessage.Valid) message.elements().get(place)).update();
        return new RemainingToken(outcome, message, token, outcome.message().place(place), retryIn);
    }

    private static List<OutgoingMessage> messages(List<RemainingToken> rests, @Nullable SearchProgress search) {
        return SizeBoundedChunks.of(
                        rests, rest -> rest.token().json().length() + 1, BATCH_BYTES, RefreshRequestLimits.TOKENS)
                .stream()
                .map(part -> message(part, search))
                .toList();
    }

    private static OutgoingMessage message(List<RemainingToken> part, @Nullable SearchProgress search) {
        UpdateMessage like = part.getFirst().message();
        List<QueuedMessage> sources =
                part.stream().map(rest -> rest.outcome().message()).distinct().toList();
        Instant firstSentAt = sources.stream()
                .map(QueuedMessage::firstSentAt)
                .min(Instant::compareTo)
                .orElseThrow();
        var attributes = new LinkedHashMap<String, String>();
        attributes.put(MessageAttributeNames.FIRST_SENT_AT, Long.toString(firstSentAt.toEpochMilli()));
        attributes.put(
                MessageAttributeNames.ATTEMPTS,
                Integer.toString(
                        sources.stream().mapToInt(QueuedMessage::attempts).min().orElseThrow()));
        if (search != null) {
            attributes.put(MessageAttributeNames.SEND_ALONE, search.text());
        }
        List<FileTokenPosition> places =
                part.stream().map(RemainingToken::place).toList();
        if (!places.stream().allMatch(FileTokenPosition.NOWHERE::equals)) {
            attributes.put(MessageAttributeNames.FILE_PLACES, FileTokenPositions.text(places));
        }
        var before = new HashSet<TokenKey>();
        List<OutgoingElement> elements = part.stream()
                .map(rest -> OutgoingElement.of(rest.token(), before))
                .toList();
        Duration delay = part.stream()
                .map(RemainingToken::retryIn)
                .max(Duration::compareTo)
                .orElseThrow();
        return new OutgoingMessage(
                QueueMessageAssembler.of(like.collection(), like.updatedAt(), elements),
                attributes,
                delay.compareTo(SqsLimits.MAX_DELAY) < 0 ? delay : SqsLimits.MAX_DELAY,
                sources);
    }
}
