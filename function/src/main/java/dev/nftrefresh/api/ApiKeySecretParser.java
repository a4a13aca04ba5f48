package dev.nftrefresh.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds the API key in a secret: the whole text, or {@code {"api_key": "…"}} as the console writes it. */
final class ApiKeySecretParser {
    private static final JsonFactory JSON = new JsonFactory();

    private ApiKeySecretParser() {}

    /** The key without surrounding white space, which may be empty; null if a JSON object holds none, or is none. */
    static @Nullable String key(String text) {
        String bare = text.strip();
        if (!bare.startsWith("{")) {
            return bare;
        }
        try (JsonParser json = JSON.createParser(bare)) {
            json.nextToken();
            String key = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isKey = json.currentName().equals("api_key");
                if (json.nextToken() == JsonToken.VALUE_STRING && isKey) {
                    key = json.getText().strip();
                }
                json.skipChildren();
            }
            return key;
        } catch (IOException _) {
            // The parser's message quotes the text, so it is dropped.
            return null;
        }
    }
}
