package dev.nftrefresh.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;

/**
 * Writes log lines in CloudWatch's embedded metric format: an object whose member {@code _aws} says which of its other
 * members are metrics. The only dimension is the function's name: two stacks are apart, and no metric is multiplied by
 * collections.
 */
record EmfLogWriter(String functionName, PrintStream out, Clock clock) {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String NAMESPACE = "NftRefresh";
    private static final String DIMENSION = "FunctionName";

    /**
     * Writes one line.
     *
     * @param values at most 100, as CloudWatch takes no more of a line
     */
    void write(List<EmfMetricValue> values) {
        var line = new StringWriter(2048);
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            json.writeObjectFieldStart("_aws");
            json.writeNumberField("Timestamp", clock.millis());
            json.writeArrayFieldStart("CloudWatchMetrics");
            writeDirective(json, values);
            json.writeEndArray();
            json.writeEndObject();
            json.writeStringField(DIMENSION, functionName);
            for (EmfMetricValue value : values) {
                json.writeNumberField(value.title(), value.value());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot fail to be written.", e);
        }
        out.println(line);
    }

    private static void writeDirective(JsonGenerator json, List<EmfMetricValue> values) throws IOException {
        json.writeStartObject();
        json.writeStringField("Namespace", NAMESPACE);
        json.writeArrayFieldStart("Dimensions");
        json.writeStartArray();
        json.writeString(DIMENSION);
        json.writeEndArray();
        json.writeEndArray();
        json.writeArrayFieldStart("Metrics");
        for (EmfMetricValue value : values) {
            json.writeStartObject();
            json.writeStringField("Name", value.title());
            json.writeStringField("Unit", value.unit().title);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
