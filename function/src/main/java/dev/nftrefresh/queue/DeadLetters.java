package dev.nftrefresh.queue;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.queue.Fate.Rejected;
import dev.nftrefresh.update.ReadResult;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.UpdateMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the dead letters of a message: one a reason, as a queue message that can be moved back once the cause is
 * mended; the original body where that could not be read.
 */
final class DeadLetters {
    /** One message of SQS, less the 3 KiB that the attributes may take. */
    private static final int MAX_BODY_BYTES = SqsLimits.BATCH_BYTES - 3 * 1024;
    /** Leaves room in 3 KiB for the other attributes, of which the trace id is the longest with 200 characters. */
    private static final int MAX_DETAIL_BYTES = 2000;

    private DeadLetters() {}

    /** The dead letters of this message, none if nothing of it was rejected. */
    static List<OutgoingMessage> of(MessageOutcome outcome) {
        return switch (outcome.read()) {
            case ReadResult.Refused(Rejection rejection, int _) ->
                List.of(letter(
                        outcome.message(),
                        outcome.message().body().toString(),
                        new Cause(rejection.reason(), null),
                        List.of(rejection.detail())));
            case ReadResult.Read(UpdateMessage message) -> ofTokens(outcome, message);
        };
    }

    /** What one dead letter's tokens have in common. */
    private record Cause(RejectReason reason, @Nullable ApiError error) {}

    private static List<OutgoingMessage> ofTokens(MessageOutcome outcome, UpdateMessage message) {
        Map<Cause, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < outcome.fates().size(); i++) {
            if (outcome.fates().get(i) instanceof Rejected(Rejection rejection, ApiError error)) {
                places.computeIfAbsent(new Cause(rejection.reason(), error), _ -> new ArrayList<>())
                        .add(i);
            }
        }
        var letters = new ArrayList<OutgoingMessage>();
        places.forEach((cause, of) -> {
            for (List<Integer> part : Chunks.of(of, i -> element(message, i).maxBytes(), MAX_BODY_BYTES)) {
                List<BodyElement> elements =
                        part.stream().map(i -> element(message, i)).toList();
                letters.add(letter(
                        outcome.message(),
                        MessageBody.of(message.collection(), message.updatedAt(), elements),
                        cause,
                        part.stream().map(i -> detail(outcome.fates().get(i))).toList()));
            }
        });
        return letters;
    }

    private static BodyElement element(UpdateMessage message, int place) {
        return switch (message.elements().get(place)) {
            case UpdateMessage.Valid(var update) ->
                new BodyElement(update.json(), update.version().time());
            case UpdateMessage.Invalid(var raw, var _, var _) -> new BodyElement(raw, null);
        };
    }

    private static String detail(Fate fate) {
        return ((Rejected) fate).rejection().detail();
    }

    private static OutgoingMessage letter(QueuedMessage source, String body, Cause cause, List<String> details) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put(Attributes.REJECT_REASON, cause.reason().name());
        attributes.put(Attributes.REJECT_DETAIL, SqsText.of(String.join(" ", details), MAX_DETAIL_BYTES));
        attributes.put(Attributes.SOURCE_MESSAGE_ID, source.messageId());
        if (cause.error() != null) {
            attributes.put(
                    Attributes.HTTP_STATUS, Integer.toString(cause.error().status()));
            if (cause.error().traceId() != null && !cause.error().traceId().isBlank()) {
                attributes.put(Attributes.TRACE_ID, SqsText.of(cause.error().traceId(), 600));
            }
        }
        return new OutgoingMessage(body, attributes, Duration.ZERO, List.of(source));
    }
}
