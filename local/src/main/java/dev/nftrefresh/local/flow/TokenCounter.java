package dev.nftrefresh.local.flow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** How many tokens a line brings. */
final class TokenCounter {
    private static final JsonFactory JSON = JsonFactory.builder()
            // As the function reads it: a line's length bounds whatever is in it.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private TokenCounter() {}

    /** The elements of {@code nft_metadata}; none in a line that cannot be read as a message. */
    static int of(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return 0;
            }
            int count = 0;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean tokens = json.currentName().equals("nft_metadata");
                if (json.nextToken() == JsonToken.START_ARRAY && tokens) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        json.skipChildren();
                        count++;
                    }
                } else {
                    json.skipChildren();
                }
            }
            return json.nextToken() == null ? count : 0;
        } catch (IOException _) {
            // Not JSON: it is queued all the same, and the function says what is wrong with it.
            return 0;
        }
    }
}
