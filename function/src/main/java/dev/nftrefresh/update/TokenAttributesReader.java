package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a token's {@code attributes} while they stream by ({@code NFTMetadataAttribute} of the OpenAPI). */
final class TokenAttributesReader {
    private static final String DISPLAY_TYPE = "display_type";
    /** More than any honest attribute has, to look among for a missing one. */
    private static final int OTHERS_KEPT = 100;
    /** More faults would make the sentence too long to read. */
    private static final int MOST_FAULTS = 3;

    private static final Set<String> DISPLAY_TYPES = Set.of("number", "boost_percentage", "boost_number", "date");

    private final JsonParser parser;
    private @Nullable String fault;
    private int faults;

    private TokenAttributesReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the parser's current value to its end, and returns what is wrong with it. */
    static @Nullable String read(JsonParser parser) throws IOException {
        var reader = new TokenAttributesReader(parser);
        reader.attributes();
        return reader.fault;
    }

    private void attributes() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            boolean isQuoted = parser.currentToken() == JsonToken.VALUE_STRING;
            fail("attributes is neither an array nor null"
                    + (isQuoted ? ": it is a string; take the quotes around it away" : ""));
            parser.skipChildren();
            return;
        }
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            attribute(i);
        }
    }

    private void attribute(int index) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            fail("attributes[" + index + "] is not an object");
            parser.skipChildren();
            return;
        }
        boolean traitType = false;
        boolean value = false;
        List<String> others = List.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "trait_type" -> {
                    traitType = true;
                    check(token == JsonToken.VALUE_STRING, index, "trait_type is not a string");
                }
                case "value" -> {
                    value = true;
                    boolean scalar = token.isScalarValue() && token != JsonToken.VALUE_NULL;
                    check(scalar, index, "value is not a string, number or boolean");
                }
                case DISPLAY_TYPE ->
                    check(
                            displayType(token),
                            index,
                            "display_type is not one of number, boost_percentage, boost_number, date");
                default -> {
                    others = others.isEmpty() ? new ArrayList<>() : others;
                    if (others.size() < OTHERS_KEPT) {
                        others.add(name);
                    }
                    if (MistypedFieldName.isOf(DISPLAY_TYPE, name)) {
                        fail("attributes[%d] has %s; did you mean %s? Rename or remove it"
                                .formatted(index, TextExcerpt.of(name, 100), DISPLAY_TYPE));
                    }
                }
            }
            parser.skipChildren();
        }
        if (!traitType) {
            missing(index, "trait_type", others);
        }
        if (!value) {
            missing(index, "value", others);
        }
    }

    private void missing(int index, String field, List<String> others) {
        String hint = MissingFields.hint(field, others);
        fail("attributes[" + index + "]." + field + " is missing" + (hint == null ? "" : hint));
    }

    private boolean displayType(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NULL -> true;
            case VALUE_STRING -> DISPLAY_TYPES.contains(parser.getText());
            default -> false;
        };
    }

    private void check(boolean holds, int index, String otherwise) {
        if (!holds) {
            fail("attributes[" + index + "]." + otherwise);
        }
    }

    private void fail(String what) {
        if (faults < MOST_FAULTS) {
            fault = fault == null ? what : fault + "; " + what;
            faults++;
        }
    }
}
