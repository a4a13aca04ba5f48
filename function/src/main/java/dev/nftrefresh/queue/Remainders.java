package dev.nftrefresh.queue;

import dev.nftrefresh.api.RequestLimits;
import dev.nftrefresh.batch.RequestBody;
import dev.nftrefresh.queue.Fate.Returned;
import dev.nftrefresh.queue.Fate.SentAlone;
import dev.nftrefresh.settled.FilePlace;
import dev.nftrefresh.settled.FilePlaces;
import dev.nftrefresh.update.ReadResult;
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
 * Makes the messages that go into the refresh queue again when the messages they came in are finished: what is left of
 * a message of which something else was accepted or rejected, and what a search for a refused token has left, in a message
 * of its own, whatever messages its tokens came in.
 */
final class Remainders {
    /** Of tokens and the commas between them: a remainder is a whole batch. */
    private static final int BATCH_BYTES = RequestLimits.BODY_BYTES - RequestBody.bytes(0, 0);

    private Remainders() {}

    /** One token that goes again, and the message that it came in. */
    private record Rest(
            MessageOutcome outcome, UpdateMessage message, TokenUpdate token, FilePlace place, Duration retryIn) {}

    /** Two searches may have come equally far; their tokens must not be mixed. */
    private record SameSearch(SearchProgress progress) {
        @Override
        @SuppressWarnings("ReferenceEquality") // that is what it is for
        public boolean equals(@Nullable Object other) {
            return other instanceof SameSearch(SearchProgress same) && same == progress;
        }

        @Override
        public int hashCode() {
            return progress.hashCode();
        }
    }

    /** All that goes into the queue again, in the order in which it came. */
    static List<OutgoingMessage> of(List<MessageOutcome> outcomes) {
        var messages = new ArrayList<OutgoingMessage>();
        var searches = new LinkedHashMap<SameSearch, Map<Long, Map<Integer, Rest>>>();
        for (MessageOutcome outcome : outcomes) {
            if (Verdict.on(outcome) instanceof Verdict.Finished) {
                var rests = new ArrayList<Rest>();
                for (int i = 0; i < outcome.fates().size(); i++) {
                    switch (outcome.fates().get(i)) {
                        case Returned(Duration retryIn) -> rests.add(rest(outcome, i, retryIn));
                        case SentAlone(SearchProgress search, int place, Duration retryIn) ->
                            searches.computeIfAbsent(new SameSearch(search), _ -> new TreeMap<>())
                                    .computeIfAbsent(dayOf(outcome), _ -> new TreeMap<>())
                                    .put(place, rest(outcome, i, retryIn));
                        case Fate.Accepted _,
                                Fate.AcceptedBefore _,
                                Fate.Superseded _,
                                Fate.Duplicate _,
                                Fate.Rejected _ -> {}
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

    /** What is days younger must not expire together with what it was refused with. */
    private static long dayOf(MessageOutcome outcome) {
        return Math.floorDiv(
                outcome.message().firstSentAt().getEpochSecond(),
                Duration.ofDays(1).toSeconds());
    }

    private static Rest rest(MessageOutcome outcome, int place, Duration retryIn) {
        UpdateMessage message = ((ReadResult.Read) outcome.read()).message();
        TokenUpdate token = ((UpdateMessage.Valid) message.elements().get(place)).update();
        return new Rest(outcome, message, token, outcome.message().place(place), retryIn);
    }

    private static List<OutgoingMessage> messages(List<Rest> rests, @Nullable SearchProgress search) {
        return Chunks.of(rests, rest -> rest.token().json().length() + 1, BATCH_BYTES, RequestLimits.TOKENS).stream()
                .map(part -> message(part, search))
                .toList();
    }

    private static OutgoingMessage message(List<Rest> part, @Nullable SearchProgress search) {
        UpdateMessage like = part.getFirst().message();
        List<QueuedMessage> sources =
                part.stream().map(rest -> rest.outcome().message()).distinct().toList();
        Instant firstSentAt = sources.stream()
                .map(QueuedMessage::firstSentAt)
                .min(Instant::compareTo)
                .orElseThrow();
        var attributes = new LinkedHashMap<String, String>();
        attributes.put(Attributes.FIRST_SENT_AT, Long.toString(firstSentAt.toEpochMilli()));
        attributes.put(
                Attributes.ATTEMPTS,
                Integer.toString(
                        sources.stream().mapToInt(QueuedMessage::attempts).min().orElseThrow()));
        if (search != null) {
            attributes.put(Attributes.SEND_ALONE, search.text());
        }
        List<FilePlace> places = part.stream().map(Rest::place).toList();
        if (!places.stream().allMatch(FilePlace.NOWHERE::equals)) {
            attributes.put(Attributes.FILE_PLACES, FilePlaces.text(places));
        }
        var before = new HashSet<TokenKey>();
        List<BodyElement> elements =
                part.stream().map(rest -> BodyElement.of(rest.token(), before)).toList();
        Duration delay =
                part.stream().map(Rest::retryIn).max(Duration::compareTo).orElseThrow();
        return new OutgoingMessage(
                MessageBody.of(like.collection(), like.updatedAt(), elements),
                attributes,
                delay.compareTo(SqsLimits.MAX_DELAY) < 0 ? delay : SqsLimits.MAX_DELAY,
                sources);
    }
}
