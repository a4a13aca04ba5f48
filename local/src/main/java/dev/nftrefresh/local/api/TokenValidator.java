package dev.nftrefresh.local.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether one token is what the OpenAPI's {@code RefreshMetadataByTokenID} asks for. */
final class TokenValidator {
    static final int MAX_TOKEN_BYTES = 16_384;

    private static final Set<String> TEXTS =
            Set.of("name", "description", "image", "external_url", "animation_url", "youtube_url");
    private static final Set<String> DISPLAY_TYPES = Set.of("number", "boost_percentage", "boost_number", "date");
    private static final int REQUIRED = 8;
    private static final int UINT256_BITS = 256;

    private TokenValidator() {}

    /** Reads the current token of {@code json}. */
    static ReceivedToken check(JsonParser json, String where) throws IOException, NonconformingRequestException {
        expect(json.currentToken() == JsonToken.START_OBJECT, where + " is not an object");
        long from = json.currentTokenLocation().getByteOffset();
        Set<String> seen = new HashSet<>();
        @Nullable String id = null;
        @Nullable Long version = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            String place = where + "." + name;
            JsonToken value = json.nextToken();
            if (name.equals("token_id")) {
                id = tokenId(json, place);
                seen.add(name);
            } else if (TEXTS.contains(name)) {
                expect(value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL, place + " is not a text");
                seen.add(name);
            } else if (name.equals("attributes")) {
                attributes(json, place);
                seen.add(name);
            } else if (name.equals("version")
                    && value == JsonToken.VALUE_NUMBER_INT
                    && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                version = json.getLongValue();
            } else {
                json.skipChildren();
            }
        }
        long bytes = json.currentLocation().getByteOffset() - from;
        expect(bytes <= MAX_TOKEN_BYTES, where + " has " + bytes + " bytes, more than " + MAX_TOKEN_BYTES);
        if (id == null || seen.size() < REQUIRED) {
            throw new NonconformingRequestException(where + " lacks a required field, it has only " + seen);
        }
        return new ReceivedToken(id, version);
    }

    private static String tokenId(JsonParser json, String place) throws IOException, NonconformingRequestException {
        expect(json.currentToken() == JsonToken.VALUE_STRING, place + " is not a text");
        String id = json.getText();
        boolean digits = !id.isEmpty() && id.chars().allMatch(c -> c >= '0' && c <= '9');
        expect(digits && new BigInteger(id).bitLength() <= UINT256_BITS, place + " is not a uint256");
        return id;
    }

    private static void attributes(JsonParser json, String place) throws IOException, NonconformingRequestException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(json.currentToken() == JsonToken.START_ARRAY, place + " is not a list");
        int number = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            attribute(json, place + "[" + number++ + "]");
        }
    }

    private static void attribute(JsonParser json, String place) throws IOException, NonconformingRequestException {
        expect(json.currentToken() == JsonToken.START_OBJECT, place + " is not an object");
        boolean traitType = false;
        boolean hasValue = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "trait_type" -> {
                    expect(value == JsonToken.VALUE_STRING, place + ".trait_type is not a text");
                    traitType = true;
                }
                case "value" -> {
                    expect(
                            value.isScalarValue() && value != JsonToken.VALUE_NULL,
                            place + ".value is not a text, number or boolean");
                    hasValue = true;
                }
                case "display_type" ->
                    expect(
                            value == JsonToken.VALUE_NULL
                                    || (value == JsonToken.VALUE_STRING && DISPLAY_TYPES.contains(json.getText())),
                            place + ".display_type is none of " + DISPLAY_TYPES);
                default -> json.skipChildren();
            }
        }
        expect(traitType && hasValue, place + " lacks trait_type or value");
    }

    private static void expect(boolean holds, String otherwise) throws NonconformingRequestException {
        if (!holds) {
            throw new NonconformingRequestException(otherwise);
        }
    }
}
