package dev.nftrefresh.queue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;

/** The function's answer to the event source mapping ({@code ReportBatchItemFailures}). */
public final class BatchItemFailures {
    private static final JsonFactory FACTORY = new JsonFactory();

    private BatchItemFailures() {}

    /** Writes the ids of the messages that stay in the queue; Lambda deletes all others. */
    public static void write(OutputStream answer, Collection<String> staying) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(answer)) {
            json.writeStartObject();
            json.writeArrayFieldStart("batchItemFailures");
            for (String messageId : staying) {
                json.writeStartObject();
                json.writeStringField("itemIdentifier", messageId);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
