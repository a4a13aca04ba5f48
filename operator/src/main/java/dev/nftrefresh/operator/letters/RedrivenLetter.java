package dev.nftrefresh.operator.letters;

import dev.nftrefresh.queue.MessageAttributeNames;
import dev.nftrefresh.queue.QueueMessageWriter;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.QueueMessageReader;
import dev.nftrefresh.update.UpdateMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Makes the messages that a letter goes back as: one, or two where it has outgrown the queue that it came from. */
final class RedrivenLetter {
    /** {@code MaximumMessageSize} of the refresh queues in the template. A dead letter may be larger. */
    static final int MOST_BYTES = 1020 * 1024;

    /**
     * They tell of the delivery that failed. With its {@code FirstSentAt} or {@code Attempts} an expired update would expire
     * again at once. {@code RejectReason} stays: by it the function knows that both begin anew.
     */
    private static final Set<String> LEFT_BEHIND = Set.of(
            MessageAttributeNames.FIRST_SENT_AT,
            MessageAttributeNames.ATTEMPTS,
            MessageAttributeNames.SEND_ALONE,
            MessageAttributeNames.REJECT_DETAIL,
            MessageAttributeNames.SOURCE_MESSAGE_ID,
            MessageAttributeNames.SOURCE_SENT_AT,
            MessageAttributeNames.LANE,
            MessageAttributeNames.HTTP_STATUS,
            MessageAttributeNames.TRACE_ID);

    private RedrivenLetter() {}

    /** One message to send. */
    record RedrivenMessage(String body, Map<String, MessageAttributeValue> attributes) {
        /** What SQS counts. */
        int bytes() {
            return utf8(body)
                    + attributes.entrySet().stream()
                            .mapToInt(
                                    attribute -> utf8(attribute.getKey()) + RedrivenLetter.bytes(attribute.getValue()))
                            .sum();
        }
    }

    /** The messages that the letter goes back as; when all are sent, it may be deleted. */
    static List<RedrivenMessage> messages(ReceivedDeadLetter letter) {
        if (letter.aboutFile()) {
            return List.of(new RedrivenMessage(letter.body(), Map.of()));
        }
        String body = withVersion(letter);
        Map<String, MessageAttributeValue> attributes = letter.attributes().entrySet().stream()
                .filter(attribute -> !LEFT_BEHIND.contains(attribute.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var whole = new RedrivenMessage(body, attributes);
        return whole.bytes() <= MOST_BYTES ? List.of(whole) : halves(whole, letter);
    }

    /** Without {@code updated_at} the time at which it is sent again would make an old update the newest. */
    private static String withVersion(ReceivedDeadLetter letter) {
        String body = letter.body();
        if (!letter.subject().lacksVersion()) {
            return body;
        }
        int begin = body.indexOf('{') + 1;
        return body.substring(0, begin) + "\"updated_at\":\"" + version(letter) + "\"," + body.substring(begin);
    }

    /** When the update was sent first, or at the latest. */
    private static Instant version(ReceivedDeadLetter letter) {
        String sourceSentAt =
                letter.movedFrom() == null ? letter.attribute(MessageAttributeNames.SOURCE_SENT_AT) : null;
        if (sourceSentAt == null) {
            return letter.sentAt();
        }
        try {
            var sent = Instant.ofEpochMilli(Long.parseLong(sourceSentAt));
            return sent.isBefore(letter.sentAt()) ? sent : letter.sentAt();
        } catch (NumberFormatException _) {
            return letter.sentAt();
        }
    }

    /** Two messages with half of the tokens each, every one with its version; the same one if it is no message of several. */
    private static List<RedrivenMessage> halves(RedrivenMessage whole, ReceivedDeadLetter letter) {
        var read = new QueueMessageReader(String.valueOf(letter.subject().chainName()))
                .read(whole.body().getBytes(StandardCharsets.UTF_8), letter.sentAt());
        if (!(read instanceof MessageReadResult.ParsedMessage(UpdateMessage message))
                || message.elements().size() < 2) {
            return List.of(whole);
        }
        int middle = message.elements().size() / 2;
        return List.of(
                part(message, message.elements().subList(0, middle), whole.attributes()),
                part(
                        message,
                        message.elements().subList(middle, message.elements().size()),
                        whole.attributes()));
    }

    private static RedrivenMessage part(
            UpdateMessage message,
            List<UpdateMessage.MetadataElement> elements,
            Map<String, MessageAttributeValue> attributes) {
        var writer = new QueueMessageWriter(message.collection(), message.updatedAt(), MOST_BYTES);
        for (UpdateMessage.MetadataElement element : elements) {
            switch (element) {
                case UpdateMessage.Valid(var update) ->
                    writer.add(update.json(), update.version().time());
                case UpdateMessage.Invalid(var raw, var _, var _) -> writer.add(raw, null);
            }
        }
        return new RedrivenMessage(writer.end(), attributes);
    }

    private static int bytes(MessageAttributeValue value) {
        int binary = value.binaryValue() == null ? 0 : value.binaryValue().asByteArrayUnsafe().length;
        int text = value.stringValue() == null ? 0 : utf8(value.stringValue());
        return utf8(value.dataType()) + binary + text;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
