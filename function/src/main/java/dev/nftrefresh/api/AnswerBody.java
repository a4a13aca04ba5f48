package dev.nftrefresh.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plain fields of an answer's JSON object and of its {@code details}. A body that breaks off, is not JSON or was
 * made to hurt gives what could be read before that; of two fields with one name the first counts.
 */
final class AnswerBody {
    /** Names are neither kept nor hashed, so that no body can fill a table that all answers share. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final Map<String, String> fields = new HashMap<>();
    private final Map<String, String> details = new HashMap<>();

    private AnswerBody() {}

    static AnswerBody read(byte[] bytes) {
        var body = new AnswerBody();
        try (JsonParser json = JSON.createParser(bytes)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                body.readFields(json);
            }
        } catch (IOException _) {
            // What was read before stays: the status alone already says what came of the request.
        }
        return body;
    }

    /** The text of a field, or of a number's digits; null where there is none. */
    @Nullable
    String field(String name) {
        return fields.get(name);
    }

    /** Like {@link #field}, and where that has none, the same of {@code details}. */
    @Nullable
    String fieldOrDetail(String name) {
        String field = fields.get(name);
        return field != null ? field : details.get(name);
    }

    private void readFields(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.START_OBJECT && name.equals("details")) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String detail = json.currentName();
                    json.nextToken();
                    keep(detail, json, details);
                }
            } else {
                keep(name, json, fields);
            }
        }
    }

    private static void keep(String name, JsonParser json, Map<String, String> into) throws IOException {
        JsonToken value = json.currentToken();
        if (value != null && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
            into.putIfAbsent(name, json.getText());
        }
        json.skipChildren();
    }
}
