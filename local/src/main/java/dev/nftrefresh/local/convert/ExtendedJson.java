package dev.nftrefresh.local.convert;

import dev.nftrefresh.local.convert.JsonValue.Digits;
import dev.nftrefresh.local.convert.JsonValue.Fields;
import dev.nftrefresh.local.convert.JsonValue.Items;
import dev.nftrefresh.local.convert.JsonValue.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** MongoDB's extended JSON, in which {@code {"$numberLong": "5"}} is 5. */
final class ExtendedJson {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final ConversionChanges changes;

    ExtendedJson(ConversionChanges changes) {
        this.changes = changes;
    }

    /** The same in plain JSON. */
    JsonValue plain(JsonValue value) throws UnconvertibleException {
        return switch (value) {
            case Items(var values) -> {
                List<JsonValue> plain = new ArrayList<>(values.size());
                for (JsonValue each : values) {
                    plain.add(plain(each));
                }
                yield new Items(plain);
            }
            case Fields(var values) -> plain(values);
            default -> value;
        };
    }

    private JsonValue plain(Map<String, JsonValue> values) throws UnconvertibleException {
        if (values.size() == 1) {
            var only = values.entrySet().iterator().next();
            if (only.getKey().startsWith("$")) {
                return ofType(only.getKey(), only.getValue());
            }
        }
        Map<String, JsonValue> plain = LinkedHashMap.newLinkedHashMap(values.size());
        for (var field : values.entrySet()) {
            plain.put(field.getKey(), plain(field.getValue()));
        }
        return new Fields(plain);
    }

    private JsonValue ofType(String type, JsonValue value) throws UnconvertibleException {
        JsonValue plain = switch (type) {
            case "$numberInt", "$numberLong", "$numberDouble", "$numberDecimal" -> number(type, value);
            case "$date" -> date(value);
            case "$oid", "$uuid", "$symbol" -> value;
            default -> throw new UnconvertibleException(type + " has no counterpart in JSON");
        };
        changes.made(type + " written as plain JSON");
        return plain;
    }

    private static JsonValue number(String type, JsonValue value) throws UnconvertibleException {
        if (value instanceof Text(var digits) && NUMBER.matcher(digits).matches()) {
            return new Digits(digits);
        }
        if (value instanceof Digits) {
            return value;
        }
        throw new UnconvertibleException(type + " holds no number that JSON has, such as NaN or Infinity");
    }

    /** In relaxed mode a text, in canonical mode a number of milliseconds. */
    private static JsonValue date(JsonValue value) throws UnconvertibleException {
        return switch (value) {
            case Text _ -> value;
            case Digits(var milliseconds) -> instant(milliseconds);
            case Fields(var values)
            when values.get("$numberLong") instanceof Text(var milliseconds) -> instant(milliseconds);
            default -> throw new UnconvertibleException("$date holds neither a text nor milliseconds");
        };
    }

    private static Text instant(String milliseconds) throws UnconvertibleException {
        try {
            return new Text(Instant.ofEpochMilli(Long.parseLong(milliseconds)).toString());
        } catch (NumberFormatException | DateTimeException _) {
            throw new UnconvertibleException("$date holds milliseconds of no date");
        }
    }
}
