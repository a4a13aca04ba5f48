package dev.nftrefresh.queue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Set;

/**
 * Reads the event of SQS's event source mapping. Streaming, because an event of 6 MB holds thousands of records, and
 * none is needed as an object.
 */
public final class SqsEventReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    // A body is a JSON string of up to 1 MiB of UTF-8.
                    .maxStringLength(4 * 1024 * 1024)
                    .build())
            // An event is UTF-8; interning pays only for names that are compared by identity elsewhere.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /**
     * Producers choose the names of message attributes, ten a message. Names that collide in Jackson's symbol table
     * would make the whole event unreadable, on every delivery, with every valid message in it. This factory has no
     * such table, and is slower.
     */
    private static final JsonFactory WITHOUT_NAME_TABLE = FACTORY.rebuild()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private SqsEventReader() {}

    /** A reader that knows no sender as the stack itself. */
    public static SqsEvent read(InputStream event) throws IOException {
        return read(event, Set.of());
    }

    /**
     * The messages of an event, in its order, and their queue.
     *
     * @param ownRoleIds the stack's own roles, whose messages' attributes are trusted; those of all others are bounded,
     *     not refused, since messages of a role that was replaced may still be queued
     * @throws IOException if it is not an SQS event; Lambda then returns every message to the queue
     */
    public static SqsEvent read(InputStream event, Set<String> ownRoleIds) throws IOException {
        byte[] utf8 = event.readAllBytes();
        try (JsonParser parser = FACTORY.createParser(utf8)) {
            return read(parser, ownRoleIds);
        } catch (StreamConstraintsException _) {
            try (JsonParser parser = WITHOUT_NAME_TABLE.createParser(utf8)) {
                return read(parser, ownRoleIds);
            }
        }
    }

    private static SqsEvent read(JsonParser parser, Set<String> ownRoleIds) throws IOException {
        var messages = new ArrayList<QueuedMessage>();
        String queueArn = "";
        expect(parser.nextToken() == JsonToken.START_OBJECT, "it is not an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (!name.equals("Records")) {
                parser.skipChildren();
                continue;
            }
            expect(parser.currentToken() == JsonToken.START_ARRAY, "its Records are not an array");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                var record = new SqsRecordReader(parser, ownRoleIds);
                messages.add(record.read());
                queueArn = record.queueArn();
            }
        }
        return new SqsEvent(queueArn, messages);
    }

    static void expect(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException("This is not an SQS event: " + otherwise
                    + ". Only the refresh queue's event source mapping may invoke the function.");
        }
    }
}
