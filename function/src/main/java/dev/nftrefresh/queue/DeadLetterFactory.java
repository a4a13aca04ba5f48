package dev.nftrefresh.queue;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.queue.TokenOutcome.Rejected;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.UpdateMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the dead letters of a message: one for each reason, as a queue message that can be moved back once the cause is
 * fixed; the original body where that could not be read.
 */
final class DeadLetterFactory {
    /** The most that the attributes may take. */
    private static final int ATTRIBUTE_BYTES = 3 * 1024;
    /** An SQS message without its attributes. */
    private static final int MAX_BODY_BYTES = SqsLimits.BATCH_BYTES - ATTRIBUTE_BYTES;

    private static final int MAX_TRACE_ID_BYTES = 600;

    private final QueuedMessage source;
    private final boolean live;

    private DeadLetterFactory(QueuedMessage source, boolean live) {
        this.source = source;
        this.live = live;
    }

    /**
     * The dead letters of this message, none if nothing of it was rejected.
     *
     * @param live whether it came from the queue of live updates, not from that of bulk files
     */
    static List<OutgoingMessage> of(MessageOutcome outcome, boolean live) {
        var letters = new DeadLetterFactory(outcome.message(), live);
        return switch (outcome.read()) {
            case MessageReadResult.Rejected(Rejection rejection, int _) -> List.of(letters.ofWhole(rejection));
            case MessageReadResult.ParsedMessage(UpdateMessage message) -> letters.ofTokens(outcome, message);
        };
    }

    /**
     * The original body. One over 1,020 KiB, which SQS accepts although no producer may send it, leaves less space for
     * attributes, or none: then its end is cut off.
     */
    private OutgoingMessage ofWhole(Rejection rejection) {
        String body = source.body().toString();
        int bytes = source.body().utf8().length;
        Map<String, String> attributes = attributes(rejection, null, new RejectDetail().add(rejection.detail()));
        if (bytes + OutgoingMessage.bytes(attributes) > SqsLimits.BATCH_BYTES) {
            var detail = new RejectDetail()
                    .add("The body's end is cut off, because more than 1,020 KiB leave no capacity for attributes.")
                    .add(rejection.detail());
            attributes = attributes(rejection, null, detail);
            int capacity = SqsLimits.BATCH_BYTES - OutgoingMessage.bytes(attributes);
            body = new String(source.body().utf8(), 0, wholeCharacters(capacity), StandardCharsets.UTF_8);
        }
        return letter(body, attributes);
    }

    /** The longest prefix of the body of at most so many bytes that does not end within a character. */
    private int wholeCharacters(int bytes) {
        byte[] utf8 = source.body().utf8();
        int end = bytes;
        while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }

    private List<OutgoingMessage> ofTokens(MessageOutcome outcome, UpdateMessage message) {
        Map<RejectReason, List<RejectedTokenElement>> byReason = new EnumMap<>(RejectReason.class);
        var before = new HashSet<TokenKey>();
        for (int i = 0; i < outcome.tokenOutcomes().size(); i++) {
            if (outcome.tokenOutcomes().get(i) instanceof Rejected rejected) {
                byReason.computeIfAbsent(rejected.rejection().reason(), _ -> new ArrayList<>())
                        .add(new RejectedTokenElement(element(message.elements().get(i), before), rejected));
            }
        }
        if (byReason.isEmpty()) {
            return List.of();
        }
        int capacity = MAX_BODY_BYTES - QueueMessageAssembler.emptyBytes(message.collection(), message.updatedAt());
        var letters = new ArrayList<OutgoingMessage>();
        byReason.values().forEach(tokens -> {
            for (List<RejectedTokenElement> part :
                    SizeBoundedChunks.of(tokens, token -> token.element().bytes(message.updatedAt()), capacity)) {
                letters.add(ofPart(part, message));
            }
        });
        return letters;
    }

    /** What a letter says about one token. */
    private record RejectedTokenElement(OutgoingElement element, Rejected rejected) {}

    private OutgoingMessage ofPart(List<RejectedTokenElement> tokens, UpdateMessage message) {
        var detail = new RejectDetail();
        tokens.forEach(token -> detail.add(token.rejected().rejection().detail()));
        ApiErrorResponse error = tokens.stream()
                .map(token -> token.rejected().error())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        List<OutgoingElement> elements =
                tokens.stream().map(RejectedTokenElement::element).toList();
        return letter(
                QueueMessageAssembler.of(message.collection(), message.updatedAt(), elements),
                attributes(tokens.getFirst().rejected().rejection(), error, detail));
    }

    private static OutgoingElement element(UpdateMessage.MetadataElement element, Set<TokenKey> before) {
        return switch (element) {
            case UpdateMessage.Valid(var update) -> OutgoingElement.of(update, before);
            case UpdateMessage.Invalid(var raw, var _, var _) -> OutgoingElement.raw(raw);
        };
    }

    private Map<String, String> attributes(Rejection rejection, @Nullable ApiErrorResponse error, RejectDetail detail) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put(MessageAttributeNames.REJECT_REASON, rejection.reason().name());
        attributes.put(MessageAttributeNames.REJECT_DETAIL, detail.text());
        attributes.put(MessageAttributeNames.SOURCE_MESSAGE_ID, source.messageId());
        attributes.put(
                MessageAttributeNames.SOURCE_SENT_AT,
                Long.toString(source.sentAt().toEpochMilli()));
        attributes.put(MessageAttributeNames.LANE, live ? MessageAttributeNames.LIVE : MessageAttributeNames.BULK);
        if (error != null) {
            attributes.put(MessageAttributeNames.HTTP_STATUS, Integer.toString(error.status()));
            if (error.traceId() != null && !error.traceId().isBlank()) {
                attributes.put(MessageAttributeNames.TRACE_ID, SqsTextEscaper.of(error.traceId(), MAX_TRACE_ID_BYTES));
            }
        }
        return attributes;
    }

    private OutgoingMessage letter(String body, Map<String, String> attributes) {
        return new OutgoingMessage(body, attributes, Duration.ZERO, List.of(source));
    }
}
