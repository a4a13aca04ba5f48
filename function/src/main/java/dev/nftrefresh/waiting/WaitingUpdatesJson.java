package dev.nftrefresh.waiting;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nftrefresh.time.Rfc3339TimeParser;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenLimits;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateVersion;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Updates of one collection as the text of one item: each with its version and its exact bytes. */
final class WaitingUpdatesJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String ID = "token_id";
    private static final String TIME = "updated_at";
    private static final String HASH = "hash";
    private static final String JSON = "json";

    private WaitingUpdatesJson() {}

    /** As few texts as possible of at most so many bytes each; a single update is never too large. */
    static List<String> texts(List<TokenUpdate> updates, int mostBytes) {
        var texts = new ArrayList<String>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < updates.size(); i++) {
            int more = text(updates.subList(i, i + 1)).getBytes(StandardCharsets.UTF_8).length;
            if (i > from && bytes + more > mostBytes) {
                texts.add(text(updates.subList(from, i)));
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        texts.add(text(updates.subList(from, updates.size())));
        return List.copyOf(texts);
    }

    static String text(List<TokenUpdate> updates) {
        var text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartArray();
            for (TokenUpdate update : updates) {
                json.writeStartObject();
                json.writeStringField(ID, update.key().tokenId());
                json.writeStringField(TIME, update.version().time().toString());
                json.writeStringField(HASH, Long.toHexString(update.version().hash()));
                json.writeStringField(JSON, update.json().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Reads what {@link #text} wrote; nothing from any other text, as the updates' messages are in the queue. */
    static List<TokenUpdate> updates(CollectionId collection, String text) {
        var updates = new ArrayList<TokenUpdate>();
        try (JsonParser json = FACTORY.createParser(text)) {
            boolean isValid = json.nextToken() == JsonToken.START_ARRAY;
            while (isValid && json.nextToken() == JsonToken.START_OBJECT) {
                updates.add(update(collection, fields(json)));
            }
            return isValid && json.currentToken() == JsonToken.END_ARRAY && json.nextToken() == null
                    ? updates
                    : List.of();
        } catch (IOException | RuntimeException _) {
            return List.of();
        }
    }

    private static Map<String, String> fields(JsonParser json) throws IOException {
        var fields = new HashMap<String, String>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, json.getText());
        }
        return fields;
    }

    private static TokenUpdate update(CollectionId collection, Map<String, String> fields) {
        byte[] bytes = get(fields, JSON).getBytes(StandardCharsets.UTF_8);
        var json = new TokenJson(bytes, 0, bytes.length);
        long hash = Long.parseUnsignedLong(get(fields, HASH), 16);
        if (hash != json.hash() || json.length() > TokenLimits.MAX_BYTES) {
            throw new IllegalArgumentException("These are not the bytes of a token that was written.");
        }
        return new TokenUpdate(
                new TokenKey(collection, get(fields, ID)),
                new UpdateVersion(Rfc3339TimeParser.parse(get(fields, TIME)), hash),
                json);
    }

    private static String get(Map<String, String> fields, String name) {
        @Nullable String text = fields.get(name);
        return Objects.requireNonNull(text, name);
    }
}
