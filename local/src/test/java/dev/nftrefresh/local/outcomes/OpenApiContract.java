package dev.nftrefresh.local.outcomes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the API's OpenAPI says about a request, as an independent validator reads it. It has the two sizes only in
 * prose, so they are measured here.
 */
final class OpenApiContract {
    private static final int MAX_BODY_BYTES = 228 * 1024;
    private static final int MAX_TOKEN_BYTES = 16 * 1024;
    private static final int TOKEN_DEPTH = 2;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(MAX_BODY_BYTES)
                            .maxNestingDepth(MAX_BODY_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Schema REQUEST = SchemaRegistry.withDialect(Dialects.getOpenApi30())
            .getSchema(SchemaLocation.of("classpath:dev/nftrefresh/local/outcomes/refresh-nft-metadata.openapi.yaml"
                    + "#/components/schemas/RefreshNFTMetadataByTokenIDRequest"));

    private OpenApiContract() {}

    /** How a request's body departs from the contract; empty when it does not. */
    static List<String> violations(String body) {
        byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
        List<String> violations = new ArrayList<>();
        try {
            REQUEST.validate(JSON.readTree(utf8)).forEach(error -> violations.add(error.toString()));
            int largest = largestToken(utf8);
            if (largest > MAX_TOKEN_BYTES) {
                violations.add("a token has " + largest + " bytes");
            }
        } catch (IOException e) {
            violations.add("the body is not JSON: " + e.getMessage());
        }
        if (utf8.length > MAX_BODY_BYTES) {
            violations.add("the body has " + utf8.length + " bytes");
        }
        return violations;
    }

    /** Bytes of the largest object that is an element of a list in the body's object. */
    private static int largestToken(byte[] body) throws IOException {
        int largest = 0;
        try (JsonParser json = JSON.createParser(body)) {
            while (json.nextToken() != null) {
                boolean token = json.currentToken() == JsonToken.START_OBJECT
                        && json.getParsingContext().getNestingDepth() == TOKEN_DEPTH + 1;
                if (token) {
                    long from = json.currentTokenLocation().getByteOffset();
                    json.skipChildren();
                    largest = Math.max(largest, (int) (json.currentLocation().getByteOffset() - from));
                }
            }
        }
        return largest;
    }
}
