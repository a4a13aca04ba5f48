package dev.nftrefresh.local.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Whether a request's body is what the OpenAPI asks for. */
final class RequestValidator {
    static final int MAX_BODY_BYTES = 233_472;
    static final int MAX_TOKENS = 250;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // The OpenAPI bounds sizes in bytes only: nothing inside them is too long or too deep.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_BODY_BYTES)
                    .maxNumberLength(MAX_BODY_BYTES)
                    .maxStringLength(MAX_BODY_BYTES)
                    .maxNameLength(MAX_BODY_BYTES)
                    .build())
            .build();

    private RequestValidator() {}

    /** The request's tokens, in their order. */
    static List<ReceivedToken> check(byte[] body) throws NonconformingRequestException {
        if (body.length > MAX_BODY_BYTES) {
            throw new NonconformingRequestException(
                    "the body has " + body.length + " bytes, more than " + MAX_BODY_BYTES);
        }
        try (JsonParser json = JSON.createParser(body)) {
            List<ReceivedToken> received = body(json);
            if (json.nextToken() != null) {
                throw new NonconformingRequestException("something follows the body's object");
            }
            return received;
        } catch (JsonProcessingException e) {
            throw new NonconformingRequestException("the body is not JSON" + place(e));
        } catch (IOException e) {
            throw new NonconformingRequestException("the body cannot be read: " + e.getMessage());
        }
    }

    /** Where, and what if it is a key that stands twice; else the parser speaks of itself. */
    private static String place(JsonProcessingException e) {
        String what = e.getOriginalMessage().startsWith("Duplicate field") ? ": " + e.getOriginalMessage() : "";
        JsonLocation location = e.getLocation();
        return location == null
                ? what
                : "%s (line %d, column %d)".formatted(what, location.getLineNr(), location.getColumnNr());
    }

    private static List<ReceivedToken> body(JsonParser json) throws IOException, NonconformingRequestException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new NonconformingRequestException("the body is not an object");
        }
        List<ReceivedToken> received = List.of();
        boolean found = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean tokens = json.currentName().equals("nft_metadata");
            json.nextToken();
            if (tokens) {
                received = tokens(json);
                found = true;
            } else {
                json.skipChildren();
            }
        }
        if (!found) {
            throw new NonconformingRequestException("nft_metadata is missing");
        }
        return received;
    }

    private static List<ReceivedToken> tokens(JsonParser json) throws IOException, NonconformingRequestException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new NonconformingRequestException("nft_metadata is not a list");
        }
        List<ReceivedToken> received = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            received.add(TokenValidator.check(json, "nft_metadata[" + received.size() + "]"));
        }
        if (received.isEmpty() || received.size() > MAX_TOKENS) {
            throw new NonconformingRequestException(
                    "nft_metadata holds " + received.size() + " tokens, not 1 to " + MAX_TOKENS);
        }
        return received;
    }
}
