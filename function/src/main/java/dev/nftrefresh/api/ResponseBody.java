package dev.nftrefresh.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plain fields of an answer's JSON object and of its {@code details}. A truncated, malformed or malicious body
 * gives what could be read before the fault; of two fields with one name the first counts.
 */
final class ResponseBody {
    /** Names are neither interned nor hashed, so that no body can fill a table that all answers share. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Map<String, String> fields = new HashMap<>();
    private final Map<String, String> details = new HashMap<>();
    private final String text;
    private @Nullable String detailsText;
    /** Where details begin whose end was not read yet; negative if there are none. */
    private int detailsBegin = -1;

    private ResponseBody(String text) {
        this.text = text;
    }

    static ResponseBody read(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        var body = new ResponseBody(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        try (JsonParser json = JSON.createParser(body.text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                body.readFields(json);
            }
        } catch (IOException _) {
            // What was read before is kept: the status alone decides the outcome.
            body.endDetails(body.text.length());
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

    /** The content of {@code details}: its original JSON, or the text if it is one; null if it is absent or null. */
    @Nullable
    String details() {
        return detailsText;
    }

    private void readFields(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (!name.equals("details") || detailsText != null || value == null) {
                keep(name, json, fields);
            } else if (value.isStructStart()) {
                detailsBegin = (int) json.currentTokenLocation().getCharOffset();
                readDetails(json, value);
                endDetails((int) json.currentLocation().getCharOffset());
            } else {
                keep(name, json, fields);
                detailsText = fields.get(name);
            }
        }
    }

    private void readDetails(JsonParser json, JsonToken begin) throws IOException {
        if (begin == JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String detail = json.currentName();
            json.nextToken();
            keep(detail, json, details);
        }
    }

    private void endDetails(int end) {
        if (detailsBegin >= 0) {
            detailsText = text.substring(detailsBegin, end);
        }
        detailsBegin = -1;
    }

    private static void keep(String name, JsonParser json, Map<String, String> into) throws IOException {
        JsonToken value = json.currentToken();
        if (value != null && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
            into.putIfAbsent(name, json.getText());
        }
        json.skipChildren();
    }
}
