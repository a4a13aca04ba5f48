package dev.nftrefresh.operator.letters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** What the commands print with {@code --json}: one object. */
final class LettersJson implements AutoCloseable {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final JsonGenerator json;
    private final LetterQueues queues;

    LettersJson(Writer out, LetterQueues queues) throws IOException {
        json = FACTORY.createGenerator(out).useDefaultPrettyPrinter();
        this.queues = queues;
    }

    /** Begins the list; {@link #letter} follows for each, then {@link #endOf}. */
    void beginList() throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("letters");
    }

    /** A whole letter. */
    void letter(ReceivedDeadLetter letter) {
        try {
            json.writeStartObject();
            json.writeStringField("message_id", letter.id());
            json.writeStringField("reason", letter.reason().name());
            text("contract_address", letter.subject().contractAddress());
            text("file", letter.subject().file());
            json.writeNumberField("tokens", letter.subject().tokens());
            json.writeStringField("sent_at", letter.sentAt().toString());
            json.writeStringField("goes_to", letter.destination(queues).jsonName());
            json.writeStringField("body", letter.body());
            json.writeObjectFieldStart("attributes");
            for (var attribute : new TreeMap<>(letter.attributes()).entrySet()) {
                json.writeStringField(attribute.getKey(), value(attribute.getValue()));
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("The letter " + letter.id() + " could not be written.", e);
        }
    }

    private static @Nullable String value(MessageAttributeValue value) {
        return value.binaryValue() == null
                ? value.stringValue()
                : Base64.getEncoder().encodeToString(value.binaryValue().asByteArrayUnsafe());
    }

    void endOf(LetterListing listing) throws IOException {
        json.writeEndArray();
        json.writeArrayFieldStart("groups");
        for (LetterGroup group : listing.groups()) {
            json.writeStartObject();
            json.writeStringField("reason", group.key().reason().name());
            json.writeStringField("collection", group.key().collection());
            json.writeNumberField("letters", group.letters());
            json.writeNumberField("tokens", group.tokens());
            json.writeStringField("first_seen", group.firstSeen().toString());
            json.writeStringField("kept_until", group.keptUntil().toString());
            json.writeArrayFieldStart("details");
            for (String detail : group.details()) {
                json.writeString(detail);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("letters_read", listing.read());
        json.writeNumberField("letters_matching", listing.matching());
        end(listing.left(), listing.hidden(), listing.interrupted(), listing.failure());
    }

    void redrive(RedriveResult result) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("dry_run", result.dryRun());
        text(
                "started_at",
                result.startedAt() == null ? null : result.startedAt().toString());
        json.writeNumberField("letters_sent_back", result.letters());
        json.writeArrayFieldStart("sent_back");
        for (var went : result.went().entrySet()) {
            json.writeStartObject();
            json.writeStringField("reason", went.getKey().reason().name());
            json.writeStringField("to", went.getKey().to().jsonName());
            json.writeNumberField("letters", went.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("stay");
        for (var stayed : result.stayed().entrySet()) {
            json.writeStartObject();
            json.writeStringField("reason", stayed.getKey().reason().name());
            json.writeStringField("why", stayed.getKey().why().jsonName());
            json.writeNumberField("letters", stayed.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("letters_not_asked_for", result.unmatchedLetters());
        failures("not_sent", result.unsent());
        failures("sent_but_not_deleted", result.undeleted());
        end(result.left(), result.hidden(), result.interrupted(), result.failure());
    }

    private void end(
            UnreadLetterCounts left,
            SortedMap<String, Long> hidden,
            boolean interrupted,
            @Nullable SdkException failure)
            throws IOException {
        failures("not_given_back", hidden);
        json.writeNumberField("more_counted", left.visible());
        json.writeNumberField("more_hidden", left.hiddenElsewhere());
        json.writeBooleanField("interrupted", interrupted);
        json.writeBooleanField("complete", left.isNothing() && !interrupted && failure == null);
        text("failure", failure == null ? null : failure.getMessage());
        json.writeEndObject();
    }

    private void failures(String name, SortedMap<String, Long> failures) throws IOException {
        json.writeArrayFieldStart(name);
        for (Map.Entry<String, Long> failure : failures.entrySet()) {
            json.writeStartObject();
            json.writeStringField("why", failure.getKey());
            json.writeNumberField("letters", failure.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void text(String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
