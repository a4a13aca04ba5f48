package dev.nftrefresh.queue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;

/** What the function answers to the event source mapping ({@code ReportBatchItemFailures}). */
public final class BatchItemFailures {
    private static final JsonFactory FACTORY = new JsonFactory();

    private BatchItemFailures() {}

    /** Writes the messages that stay in the queue; all others will be deleted. */
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
