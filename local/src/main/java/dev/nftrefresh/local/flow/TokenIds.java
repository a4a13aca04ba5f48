package dev.nftrefresh.local.flow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The ids of a message's tokens as the file has them, also where the function refuses the message. */
final class TokenIds {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private TokenIds() {}

    /** One for each element that can be read, empty where it has none. */
    static List<String> of(String body) {
        List<String> ids = new ArrayList<>();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return ids;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean tokens = json.currentName().equals("nft_metadata");
                if (json.nextToken() == JsonToken.START_ARRAY && tokens) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        ids.add(id(json));
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException _) {
            // What cannot be read further is refused whole, and the ids so far are what there is to say.
        }
        return ids;
    }

    private static String id(JsonParser json) throws IOException {
        String id = "";
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return id;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isId = json.currentName().equals("token_id");
            boolean isScalar = json.nextToken().isScalarValue();
            if (isId && isScalar) {
                id = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return id;
    }
}
