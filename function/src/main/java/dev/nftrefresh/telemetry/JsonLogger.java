package dev.nftrefresh.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes log lines as JSON objects, one a line, in the fields that Lambda's own JSON log lines have. */
public final class JsonLogger {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final PrintStream out;
    private final Clock clock;
    private final List<LogField> always;

    /** Writes to this stream, with these times. */
    public JsonLogger(PrintStream out, Clock clock) {
        this(out, clock, List.of());
    }

    private JsonLogger(PrintStream out, Clock clock, List<LogField> always) {
        this.out = out;
        this.clock = clock;
        this.always = always;
    }

    /** One name and value of a line; a null value is left out. */
    public record LogField(String name, @Nullable Object value) {}

    /** One name and value of a line; a null value is left out. */
    public static LogField field(String name, @Nullable Object value) {
        return new LogField(name, value);
    }

    /** The same log with a field that every line carries. */
    public JsonLogger withField(String name, String value) {
        var fields = new ArrayList<>(always);
        fields.add(field(name, value));
        return new JsonLogger(out, clock, fields);
    }

    /** What happened, for who asks later. */
    public void info(String message, LogField... fields) {
        write("INFO", message, fields);
    }

    /** A problem that ends without help, but should not last. */
    public void warn(String message, LogField... fields) {
        write("WARN", message, fields);
    }

    /** A problem that somebody must fix. */
    public void error(String message, LogField... fields) {
        write("ERROR", message, fields);
    }

    private void write(String level, String message, LogField... fields) {
        var line = new StringWriter(256);
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("timestamp", clock.instant().toString());
            json.writeStringField("level", level);
            for (LogField field : always) {
                write(json, field);
            }
            json.writeStringField("message", message);
            for (LogField field : fields) {
                write(json, field);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println(line);
    }

    private static void write(JsonGenerator json, LogField field) throws IOException {
        switch (field.value()) {
            case null -> {}
            case Integer number -> json.writeNumberField(field.name(), number);
            case Long number -> json.writeNumberField(field.name(), number);
            case List<?> texts -> {
                json.writeArrayFieldStart(field.name());
                for (Object text : texts) {
                    json.writeString(String.valueOf(text));
                }
                json.writeEndArray();
            }
            case Object text -> json.writeStringField(field.name(), text.toString());
        }
    }
}
