package dev.nftrefresh.local.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value whose numbers are kept digit by digit, as no number type of Java holds them all. */
sealed interface JsonValue {
    /** So many values in one document are no token; reading on would fill the memory. */
    int MAX_VALUES = 200_000;

    record Text(String text) implements JsonValue {}

    /** A number as it is written. */
    record Digits(String digits) implements JsonValue {}

    /** The words that JSON has. */
    enum Word implements JsonValue {
        TRUE,
        FALSE,
        NULL
    }

    record Items(List<JsonValue> values) implements JsonValue {}

    record Fields(Map<String, JsonValue> values) implements JsonValue {}

    /** Reads the parser's current value to its end. */
    static JsonValue read(JsonParser parser) throws IOException {
        return read(parser, new int[] {MAX_VALUES});
    }

    private static JsonValue read(JsonParser parser, int[] left) throws IOException {
        if (left[0]-- == 0) {
            throw new ExportException("A document has more than " + MAX_VALUES + " values, so it is no token's.");
        }
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(parser.getText());
            case START_ARRAY -> {
                List<JsonValue> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(read(parser, left));
                }
                yield new Items(values);
            }
            case START_OBJECT -> {
                Map<String, JsonValue> values = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    values.put(name, read(parser, left));
                }
                yield new Fields(values);
            }
            case VALUE_TRUE -> Word.TRUE;
            case VALUE_FALSE -> Word.FALSE;
            default -> Word.NULL;
        };
    }

    default void write(JsonGenerator generator) throws IOException {
        switch (this) {
            case Text(var text) -> generator.writeString(text);
            case Digits(var digits) -> generator.writeRawValue(digits);
            case Word.TRUE -> generator.writeBoolean(true);
            case Word.FALSE -> generator.writeBoolean(false);
            case Word.NULL -> generator.writeNull();
            case Items(var values) -> {
                generator.writeStartArray();
                for (JsonValue value : values) {
                    value.write(generator);
                }
                generator.writeEndArray();
            }
            case Fields(var values) -> {
                generator.writeStartObject();
                for (var field : values.entrySet()) {
                    generator.writeFieldName(field.getKey());
                    field.getValue().write(generator);
                }
                generator.writeEndObject();
            }
        }
    }
}
