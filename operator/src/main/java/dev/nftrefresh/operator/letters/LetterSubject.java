package dev.nftrefresh.operator.letters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.nftrefresh.update.CollectionId;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a letter is about, read from its body.
 *
 * @param chainName null if the body does not say it
 * @param contractAddress in lower case; null if the body does not say it
 * @param file {@code s3://BUCKET/KEY} of a file; null if it is about updates
 * @param tokens elements of {@code nft_metadata}
 * @param lacksVersion whether it is a JSON object without {@code updated_at}, so that its time of sending would be its version
 */
record LetterSubject(
        @Nullable String chainName,
        @Nullable String contractAddress,
        @Nullable String file,
        int tokens,
        boolean lacksVersion) {
    private static final LetterSubject UNREADABLE = new LetterSubject(null, null, null, 0, false);

    /**
     * Reads whatever the function can read, and more: a body that only the function could read would be sent back without its
     * version.
     */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private static final int KEY_PARTS = 4;

    /** Of a letter about updates: a queue message, or what was sent in the place of one. */
    static LetterSubject ofUpdates(String body) {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return UNREADABLE;
            }
            String chainName = null;
            String contractAddress = null;
            int tokens = 0;
            int fields = 0;
            boolean version = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                fields++;
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "chain_name" -> chainName = text(parser, value);
                    case "contract_address" -> contractAddress = address(text(parser, value));
                    case "nft_metadata" -> tokens = value == JsonToken.START_ARRAY ? elements(parser) : 0;
                    case "updated_at" -> version = true;
                    default -> {}
                }
                parser.skipChildren();
            }
            boolean whole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
            return whole
                    ? new LetterSubject(chainName, contractAddress, null, tokens, fields > 0 && !version)
                    : UNREADABLE;
        } catch (IOException _) {
            return UNREADABLE;
        }
    }

    private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
        return value == JsonToken.VALUE_STRING ? parser.getText() : null;
    }

    private static @Nullable String address(@Nullable String text) {
        return text != null && CollectionId.isAddress(text) ? text.toLowerCase(Locale.ROOT) : null;
    }

    /** Leaves the parser at the array's end. */
    private static int elements(JsonParser parser) throws IOException {
        int elements = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements++;
            parser.skipChildren();
        }
        return elements;
    }

    /** Of a letter about a file: S3's notice of its upload. */
    static LetterSubject ofFile(String body) {
        String bucket = null;
        String key = null;
        try (JsonParser parser = JSON.createParser(body)) {
            String around = "";
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    around = parser.getParsingContext().getParent().getCurrentName() == null
                            ? ""
                            : parser.getParsingContext().getParent().getCurrentName();
                } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    if (around.equals("bucket") && parser.currentName().equals("name")) {
                        bucket = parser.getText();
                    } else if (around.equals("object") && parser.currentName().equals("key")) {
                        key = URLDecoder.decode(parser.getText(), StandardCharsets.UTF_8);
                    }
                }
            }
        } catch (IOException | IllegalArgumentException _) {
            return UNREADABLE;
        }
        if (bucket == null || key == null) {
            return UNREADABLE;
        }
        String[] parts = key.split("/", KEY_PARTS);
        boolean named = parts.length == KEY_PARTS;
        return new LetterSubject(
                named ? parts[1] : null, named ? address(parts[2]) : null, "s3://" + bucket + "/" + key, 0, false);
    }

    /** Whether it is about this contract, given in letters of either case. */
    boolean isOf(String contract) {
        return contract.equalsIgnoreCase(contractAddress);
    }

    /** The collection as far as it is known. */
    String collection() {
        return contractAddress == null ? "unknown" : (chainName == null ? "?" : chainName) + "/" + contractAddress;
    }
}
